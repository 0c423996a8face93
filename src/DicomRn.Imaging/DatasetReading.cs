using System.Globalization;

namespace DicomRn.Imaging;

/// <summary>Lenient reading of attributes: what is absent, empty or malformed gives nothing rather than an exception.</summary>
internal static class DatasetReading
{
    /// <summary>The first value as text without padding; empty if there is none.</summary>
    public static string Text(this DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetValue(tag, 0, out string? value) && value is not null ? value.Trim().Trim('\0') : "";

    /// <summary>The first value as an integer; null if there is none.</summary>
    public static int? Integer(this DicomDataset dataset, DicomTag tag) =>
        dataset.GetDicomItem<DicomItem>(tag) switch
        {
            DicomUnsignedShort or DicomSignedShort or DicomUnsignedLong or DicomSignedLong =>
                dataset.TryGetValue(tag, 0, out int binary) ? binary : null,
            _ => int.TryParse(dataset.Text(tag), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null,
        };

    /// <summary>All values of a decimal string or floating point attribute; empty if one is malformed or not finite.</summary>
    public static double[] Numbers(this DicomDataset dataset, DicomTag tag)
    {
        switch (dataset.GetDicomItem<DicomItem>(tag))
        {
            case DicomElement binary and (DicomFloatingPointDouble or DicomFloatingPointSingle or DicomUnsignedShort or DicomSignedShort):
                double[] values = new double[binary.Count];
                for (int n = 0; n < values.Length; n++)
                    if (!dataset.TryGetValue(tag, n, out values[n]))
                        return [];
                return values;
            case DicomElement element:
                return DecimalStrings.Parse(element.Buffer.Data);
            default:
                return [];
        }
    }

    /// <summary>The items of a sequence; none if it is absent.</summary>
    public static IEnumerable<DicomDataset> Items(this DicomDataset dataset, DicomTag tag) =>
        dataset.TryGetSequence(tag, out DicomSequence? sequence) ? sequence.Items : [];

    /// <summary>The first item of a sequence; null if there is none.</summary>
    public static DicomDataset? FirstItem(this DicomDataset dataset, DicomTag tag) => dataset.Items(tag).FirstOrDefault();

    /// <summary>The code in the first item of a code sequence; null if there is none.</summary>
    public static CodedTerm? Code(this DicomDataset dataset, DicomTag tag) =>
        dataset.FirstItem(tag) is { } item
            ? new CodedTerm(item.Text(DicomTag.CodeValue), item.Text(DicomTag.CodingSchemeDesignator), item.Text(DicomTag.CodeMeaning))
            : null;

    /// <summary>What to call a data set in a message.</summary>
    public static string Describe(this DicomDataset dataset)
    {
        string uid = dataset.Text(DicomTag.SOPInstanceUID);
        return uid.Length > 0 ? "instance " + uid : "an instance without SOP Instance UID";
    }
}
