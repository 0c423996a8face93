using System.Text.Json;
using System.Text.Json.Serialization;

namespace DicomRn.Dicom.Serialization;

/// <summary>The DICOM JSON model (PS3.18 F) for <see cref="JsonSerializer"/>.</summary>
public class DicomJsonConverter : JsonConverter<DicomDataset>
{
    private readonly bool _writeTagsAsKeywords;
    private readonly bool _autoValidate;
    private readonly NumberSerializationMode _numbers;

    /// <summary>A converter.</summary>
    /// <param name="writeTagsAsKeywords">Whether attributes are named by keyword instead of by tag, which is not the standard's model.</param>
    /// <param name="autoValidate">Whether values that are read are checked against VR and VM.</param>
    /// <param name="numberSerializationMode">How DS, IS, SV and UV are written.</param>
    public DicomJsonConverter(
        bool writeTagsAsKeywords = false,
        bool autoValidate = true,
        NumberSerializationMode numberSerializationMode = NumberSerializationMode.AsNumber)
    {
        _writeTagsAsKeywords = writeTagsAsKeywords;
        _autoValidate = autoValidate;
        _numbers = numberSerializationMode;
    }

    /// <summary>Reads a data set.</summary>
    /// <exception cref="DicomDataException">It is not in the model.</exception>
    public override DicomDataset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new DicomJsonReader(_autoValidate, DicomReadLimits.Default).ReadWhole(ref reader);

    /// <summary>Writes a data set.</summary>
    /// <exception cref="DicomDataException">A DS or IS value is no number, where numbers are wanted.</exception>
    public override void Write(Utf8JsonWriter writer, DicomDataset value, JsonSerializerOptions options) =>
        new DicomJsonWriter(writer, _writeTagsAsKeywords, _numbers, null).Write(value);
}
