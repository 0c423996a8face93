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

    /// <summary>Several data sets as a JSON array; DS, IS, SV and UV are numbers.</summary>
    /// <inheritdoc cref="ConvertDicomToJson(DicomDataset, bool, bool, NumberSerializationMode)" />
    public static string ConvertDicomToJson(
        IEnumerable<DicomDataset> dataset, bool writeTagsAsKeywords = false, bool formatIndented = false)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Options(formatIndented)))
        {
            DicomJsonWriter model = new(writer, writeTagsAsKeywords, NumberSerializationMode.AsNumber, null);
            writer.WriteStartArray();
            foreach (DicomDataset one in dataset)
                model.Write(one);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The data set that a JSON object is; private elements find their creators, elements may stand in any order.</summary>
    /// <param name="json">The DICOM JSON model; attributes may be named by keyword too.</param>
    /// <param name="autoValidate">Whether values are checked against VR and VM.</param>
    /// <exception cref="DicomDataException">
    /// The text is no JSON, or not in the model, or nested deeper than sequences may be; the message says where, without the value.
    /// </exception>
    /// <exception cref="DicomValidationException">A value breaks the rule of its VR.</exception>
    public static DicomDataset ConvertJsonToDicom(string json, bool autoValidate = true) =>
        DicomJsonReader.ReadOne(Bytes(json), autoValidate);

    /// <summary>The data sets that a JSON array holds.</summary>
    /// <inheritdoc cref="ConvertJsonToDicom(string, bool)" />
    public static DicomDataset[] ConvertJsonToDicomArray(string json) => ConvertJsonToDicomArray(json, autoValidate: true);

    /// <inheritdoc cref="ConvertJsonToDicomArray(string)" />
    internal static DicomDataset[] ConvertJsonToDicomArray(string json, bool autoValidate) =>
        DicomJsonReader.ReadMany(Bytes(json), autoValidate);

    /// <summary>Writes a data set to a stream; values for which a URI is given are referred to by it (PS3.18 F.2.6).</summary>
    internal static void Write(Stream stream, DicomDataset dataset, bool indented, Func<DicomItem, string?>? bulkDataUri = null)
    {
        using Utf8JsonWriter writer = new(stream, Options(indented));
        new DicomJsonWriter(writer, false, NumberSerializationMode.PreferablyAsNumber, bulkDataUri).Write(dataset);
    }

    private static byte[] Bytes(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF'));
    }

    // As deep as a data set that was read can be; the writer's own limit is 1000 levels.
    private static JsonWriterOptions Options(bool indented) => new()
    {
        Indented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
    };
}
