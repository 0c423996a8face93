using System.Text;

namespace DicomRn.Dicom.Log;

/// <summary>Data sets as text.</summary>
public static class Extensions
{
    private const int Width = 80;

    /// <summary>
    /// A data set as text for a reader: tag, VR, value, # length, number of values and name per line, items indented. It
    /// shows what identifies the patient, so it belongs in no log.
    /// </summary>
    public static string WriteToString(this IEnumerable<DicomItem> dataset)
    {
        StringBuilder text = new();
        new DicomDatasetDump(text, Width).Write(dataset as DicomDataset ?? new DicomDataset().NotValidated().AddOrUpdate(dataset));
        return text.ToString();
    }

    /// <summary>File meta information and data set as text for a reader.</summary>
    public static string WriteToString(this DicomFile file)
    {
        StringBuilder text = new();
        DicomDatasetDump dump = new(text, Width);
        text.Append("# File meta information\n");
        dump.Write(file.FileMetaInfo);
        text.Append("\n# Data set: ").Append(file.FileMetaInfo.TransferSyntax).Append('\n');
        dump.Write(file.Dataset);
        return text.ToString();
    }

    /// <summary>Writes a data set as text to the standard output.</summary>
    public static void WriteToConsole(this IEnumerable<DicomItem> dataset) => Console.Write(dataset.WriteToString());
}
