using System.Text;
using System.Text.Json;

namespace DicomRn.Dicom.Serialization;

/// <summary>One value of a Value array (PS3.18 F.2.2): its text, or why it is none.</summary>
/// <param name="Text">A string's text, a number as it stands there, the groups of a person name; empty for null.</param>
/// <param name="IsNumber">Whether it is a JSON number.</param>
/// <param name="Fault">Why it is no value; null where it is one.</param>
internal readonly record struct ModelValue(string Text, bool IsNumber, string? Fault)
{
    /// <summary>The value at the reader's token.</summary>
    public static ModelValue Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => new ModelValue("", false, null),
        JsonTokenType.String => new ModelValue(reader.GetString()!, false, null),
        JsonTokenType.Number => new ModelValue(
            Encoding.ASCII.GetString(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan), true, null),
        _ => new ModelValue("", false, "it is neither text nor a number nor null"),
    };

    /// <summary>A person name, an object of component groups.</summary>
    public static ModelValue ReadPersonName(ref Utf8JsonReader reader)
    {
        string?[] groups = new string?[3];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int group = reader.ValueTextEquals("Alphabetic"u8) ? 0 : reader.ValueTextEquals("Ideographic"u8) ? 1
                : reader.ValueTextEquals("Phonetic"u8) ? 2 : -1;
            reader.Read();
            if (group < 0)
                reader.TrySkip();
            else if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                return new ModelValue("", false, "a component group is no text");
            else
                groups[group] = reader.GetString();
        }

        if (Array.Exists(groups, static g => g?.Contains('=', StringComparison.Ordinal) == true))
            return new ModelValue("", false, "a component group has the separator of groups in it");
        return new ModelValue(string.Join('=', groups).TrimEnd('='), false, null);
    }
}
