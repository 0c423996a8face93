namespace DicomRn.Node.Receiving;

/// <summary>Compares data sets by what they say, whatever their encoding.</summary>
internal static class DataSetContent
{
    private static readonly byte[] Padding = [0, (byte)' '];

    /// <summary>Whether both have the same elements with the same values. Group lengths and trailing padding do not count.</summary>
    public static bool AreEqual(DicomDataset a, DicomDataset b)
    {
        using IEnumerator<DicomItem> left = Relevant(a).GetEnumerator();
        using IEnumerator<DicomItem> right = Relevant(b).GetEnumerator();
        while (true)
        {
            bool more = left.MoveNext();
            if (more != right.MoveNext())
                return false;
            if (!more)
                return true;
            if (!AreEqual(left.Current, right.Current))
                return false;
        }
    }

    private static IEnumerable<DicomItem> Relevant(DicomDataset dataset) => dataset.Where(item => item.Tag.Element != 0);

    private static bool AreEqual(DicomItem a, DicomItem b)
    {
        if (a.Tag.Group != b.Tag.Group || a.Tag.Element != b.Tag.Element)
            return false;
        return (a, b) switch
        {
            (DicomSequence left, DicomSequence right) => left.Items.Count == right.Items.Count
                && left.Items.Zip(right.Items).All(pair => AreEqual(pair.First, pair.Second)),
            (DicomElement left, DicomElement right) =>
                Trim(left.Buffer.Data).SequenceEqual(Trim(right.Buffer.Data)),
            (DicomFragmentSequence left, DicomFragmentSequence right) => left.Fragments.Count == right.Fragments.Count
                && left.Fragments.Zip(right.Fragments).All(pair => pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data)),
            _ => false,
        };
    }

    private static ReadOnlySpan<byte> Trim(byte[] value) => value.AsSpan().TrimEnd(Padding);
}
