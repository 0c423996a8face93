using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Compares data sets by their elements and values.</summary>
public class DicomDatasetComparer : IEqualityComparer<DicomDataset>
{
    /// <summary>The one instance.</summary>
    public static DicomDatasetComparer DefaultInstance { get; } = new();

    /// <inheritdoc />
    public bool Equals(DicomDataset? x, DicomDataset? y)
    {
        if (x is null || y is null || ReferenceEquals(x, y))
            return ReferenceEquals(x, y);
        if (x.Count != y.Count)
            return false;
        for (int i = 0; i < x.Count; i++)
        {
            if (!Same(x.Items[i], y.Items[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc />
    public int GetHashCode(DicomDataset obj)
    {
        HashCode hash = default;
        foreach (DicomItem item in obj.Items)
            hash.Add(item.Tag.Value);
        return hash.ToHashCode();
    }

    internal static bool Same(DicomItem x, DicomItem y)
    {
        if (x.Tag.Value != y.Tag.Value || x.ValueRepresentation != y.ValueRepresentation)
            return false;
        return (x, y) switch
        {
            (DicomSequence a, DicomSequence b) => a.Items.SequenceEqual(b.Items, DefaultInstance),
            (DicomFragmentSequence a, DicomFragmentSequence b) => a.OffsetTable.SequenceEqual(b.OffsetTable)
                && a.Fragments.Select(static f => f.Data).SequenceEqual(b.Fragments.Select(static f => f.Data), BytesComparer.Instance),
            (DicomElement a, DicomElement b) when a.IsAtUri || b.IsAtUri => a.Buffer is IBulkDataUriByteBuffer from
                && b.Buffer is IBulkDataUriByteBuffer to && from.BulkDataUri == to.BulkDataUri,
            (DicomStringElement a, DicomStringElement b) => a.WholeText() == b.WholeText(),
            (DicomElement a, DicomElement b) => BytesComparer.Instance.Equals(a.Buffer.Data, b.Buffer.Data),
            _ => false,
        };
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
