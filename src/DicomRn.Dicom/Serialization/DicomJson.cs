using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DicomRn.Dicom.Serialization;

/// <summary>The DICOM JSON model (PS3.18 F).</summary>
public static class DicomJson
{
    /// <summary>A data set as a JSON object.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="writeTagsAsKeywords">Whether attributes are named by keyword instead of by tag, which is not the standard's model.</param>
    /// <param name="formatIndented">Whether lines are broken and indented.</param>
    /// <param name="numberSerializationMode">How DS, IS, SV and UV are written.</param>
    /// <exception cref="DicomDataException">A DS or IS value is no number, where numbers are wanted.</exception>
    public static string ConvertDicomToJson(
        DicomDataset dataset,
        bool writeTagsAsKeywords = false,
        bool formatIndented = false,
        NumberSerializationMode numberSerializationMode = NumberSerializationMode.AsNumber)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options(formatIndented)))
        {
            new DicomJsonWriter(writer, writeTagsAsKeywords, numberSerializationMode, null).Write(dataset);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Several data sets as a JSON array.</summary>
    /// <inheritdoc cref="ConvertDicomToJson(DicomDataset, bool, bool, NumberSerializationMode)" />
    public static string ConvertDicomToJson(
        IEnumerable<DicomDataset> dataset,
        bool writeTagsAsKeywords = false,
        bool formatIndented = false,
        NumberSerializationMode numberSerializationMode = NumberSerializationMode.AsNumber)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options(formatIndented)))
        {
            DicomJsonWriter model = new(writer, writeTagsAsKeywords, numberSerializationMode, null);
            writer.WriteStartArray();
            foreach (DicomDataset one in dataset)
                model.Write(one);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes a data set to a stream; values for which a URI is given are referred to by it (PS3.18 F.2.6).</summary>
    internal static void Write(Stream stream, DicomDataset dataset, bool indented, Func<DicomItem, string?>? bulkDataUri = null)
    {
        using Utf8JsonWriter writer = new(stream, Options(indented));
        new DicomJsonWriter(writer, false, NumberSerializationMode.PreferablyAsNumber, bulkDataUri).Write(dataset);
    }

    private static JsonWriterOptions Options(bool indented) =>
        new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
