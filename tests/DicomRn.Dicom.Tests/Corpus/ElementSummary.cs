using System.Security.Cryptography;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>An element in brief, to be compared between programs.</summary>
/// <param name="Vr">Value representation.</param>
/// <param name="Vm">Number of values, of a sequence its items.</param>
/// <param name="Hash">The beginning of the SHA256 of the value bytes, little endian; "-" for a sequence.</param>
internal sealed record ElementSummary(string Vr, int Vm, string Hash)
{
    /// <summary>All elements by their path.</summary>
    public static Dictionary<string, ElementSummary> Of(DicomDataset dataset)
    {
        Dictionary<string, ElementSummary> elements = new(StringComparer.Ordinal);
        Add(dataset, "", elements);
        return elements;
    }

    private static void Add(DicomDataset dataset, string path, Dictionary<string, ElementSummary> elements)
    {
        foreach (DicomItem item in dataset)
        {
            string key = $"{path}({item.Tag.Group:x4},{item.Tag.Element:x4})";
            switch (item)
            {
                case DicomSequence sequence:
                    elements[key] = new ElementSummary("SQ", sequence.Items.Count, "-");
                    for (int i = 0; i < sequence.Items.Count; i++)
                        Add(sequence.Items[i], $"{key}[{i + 1}]/", elements);
                    break;
                case DicomFragmentSequence fragments:
                    elements[key] = new ElementSummary(item.ValueRepresentation.Code, 1, HashOf(Encoded(fragments)));
                    break;
                case DicomElement element:
                    elements[key] = new ElementSummary(item.ValueRepresentation.Code, Values(element), HashOf(element.Buffer.Data));
                    break;
            }
        }
    }

    // The words of OW and its like are one value (PS3.5 6.4).
    private static int Values(DicomElement element) => element.ValueRepresentation.IsMultiValue ? element.Count : Math.Min(element.Count, 1);

    // The items as in the file, without the delimiter, as pydicom keeps them.
    private static byte[] Encoded(DicomFragmentSequence fragments)
    {
        using MemoryStream all = new();
        Item(all, new MemoryByteBuffer([.. fragments.OffsetTable.SelectMany(BitConverter.GetBytes)]));
        foreach (IByteBuffer fragment in fragments.Fragments)
            Item(all, fragment);
        return all.ToArray();

        static void Item(MemoryStream all, IByteBuffer value)
        {
            all.Write([0xFE, 0xFF, 0x00, 0xE0, .. BitConverter.GetBytes((uint)value.Size)]);
            value.CopyToStream(all);
        }
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
}
