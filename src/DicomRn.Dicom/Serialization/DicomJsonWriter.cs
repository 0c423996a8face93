using System.Globalization;
using System.Text.Json;

namespace DicomRn.Dicom.Serialization;

/// <summary>Writes data sets in the DICOM JSON model (PS3.18 F.2).</summary>
internal sealed class DicomJsonWriter(
    Utf8JsonWriter writer, bool keywords, NumberSerializationMode numbers, Func<DicomItem, string?>? bulkDataUri)
{
    /// <summary>A data set as an object; group lengths have no place in the model.</summary>
    public void Write(DicomDataset dataset)
    {
        writer.WriteStartObject();
        foreach (DicomItem item in dataset)
        {
            if (item.Tag.Element == 0)
                continue;
            DicomDictionaryEntry entry = item.Tag.DictionaryEntry;
            bool named = keywords && !item.Tag.IsPrivate && !ReferenceEquals(entry, DicomDictionary.UnknownTag);
            writer.WriteStartObject(named ? entry.Keyword : item.Tag.ToString("J", null));
            writer.WriteString("vr", item.ValueRepresentation.Code);
            if ((bulkDataUri?.Invoke(item) ?? KnownUri(item)) is { } uri)
                writer.WriteString("BulkDataURI", uri);
            else
                WriteValue(item);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string? KnownUri(DicomItem item) => (item as DicomElement)?.Buffer is IO.Buffer.IBulkDataUriByteBuffer at ? at.BulkDataUri : null;

    private void WriteValue(DicomItem item)
    {
        switch (item)
        {
            case DicomSequence { Items.Count: > 0 } sequence:
                writer.WriteStartArray("Value");
                foreach (DicomDataset inner in sequence.Items)
                    Write(inner);
                writer.WriteEndArray();
                break;
            case DicomFragmentSequence fragments:
                using (MemoryStream all = new())
                {
                    foreach (IO.Buffer.IByteBuffer fragment in fragments.Fragments)
                        fragment.CopyToStream(all);
                    writer.WriteBase64String("InlineBinary", all.GetBuffer().AsSpan(0, (int)all.Length));
                }

                break;
            // The model is in UTF-8, whatever the data set was in (PS3.18 F.2).
            case DicomElement { Tag.Value: 0x00080005 }:
                writer.WriteStartArray("Value");
                writer.WriteStringValue("ISO_IR 192");
                writer.WriteEndArray();
                break;
            case DicomElement element when element.Buffer.Size > 0:
                WriteElement(element);
                break;
        }
    }

    private void WriteElement(DicomElement element)
    {
        string code = element.ValueRepresentation.Code;
        if (code[0] == 'O' || code == "UN")
        {
            writer.WriteBase64String("InlineBinary", element.Buffer.Data);
            return;
        }

        if (element.Count == 0 || (code == "PN" && element.WholeText().AsSpan().Trim("^=\\").IsEmpty))
            return;
        writer.WriteStartArray("Value");
        switch (code)
        {
            case "AT":
                foreach (DicomTag tag in element.All<DicomTag>())
                    writer.WriteStringValue(tag.ToString("J", null));
                break;
            case "FL":
                foreach (float value in element.All<float>())
                    Number(value, value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case "FD":
                foreach (double value in element.All<double>())
                    Number(value, value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case "SS" or "SL":
                foreach (int value in element.All<int>())
                    writer.WriteNumberValue(value);
                break;
            case "US" or "UL":
                foreach (uint value in element.All<uint>())
                    writer.WriteNumberValue(value);
                break;
            case "DS" or "IS" or "SV" or "UV":
                foreach (string value in element.All<string>())
                    NumberText(value, element);
                break;
            case "PN":
                foreach (string value in element.All<string>())
                    PersonName(value);
                break;
            default:
                foreach (string value in element.All<string>())
                    Text(value);
                break;
        }

        writer.WriteEndArray();
    }

    private void Text(string value)
    {
        if (value.Length == 0)
            writer.WriteNullValue();
        else
            writer.WriteStringValue(value);
    }

    private void PersonName(string value)
    {
        if (value.AsSpan().Trim("^=").IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }

        string[] groups = value.Split('=');
        writer.WriteStartObject();
        for (int i = 0; i < Math.Min(groups.Length, 3); i++)
        {
            if (!groups[i].AsSpan().Trim('^').IsEmpty)
                writer.WriteString(i switch { 0 => "Alphabetic", 1 => "Ideographic", _ => "Phonetic" }, groups[i]);
        }

        writer.WriteEndObject();
    }

    /// <summary>The same digits in the grammar of JSON, which has no plus sign, no leading zeros and no bare point; null where it is no number.</summary>
    private static string? JsonNumber(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            return null;
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        bool negative = rest[0] == '-';
        rest = rest.TrimStart("+-");
        int e = rest.IndexOfAny('e', 'E');
        ReadOnlySpan<char> exponent = e < 0 ? "" : rest[e..];
        rest = e < 0 ? rest : rest[..e];
        int point = rest.IndexOf('.');
        ReadOnlySpan<char> whole = (point < 0 ? rest : rest[..point]).TrimStart('0');
        ReadOnlySpan<char> fraction = point < 0 ? "" : rest[(point + 1)..];
        return $"{(negative ? "-" : "")}{(whole.IsEmpty ? "0" : whole)}{(fraction.IsEmpty ? "" : ".")}{fraction}{exponent}";
    }

    // JSON has no NaN and no infinity.
    private void Number(double value, string text)
    {
        if (!double.IsFinite(value))
            writer.WriteStringValue(text);
        else
            writer.WriteRawValue(text);
    }

    private void NumberText(string value, DicomElement element)
    {
        if (value.Length == 0)
        {
            writer.WriteNullValue();
            return;
        }

        if (numbers != NumberSerializationMode.AsString)
        {
            if (JsonNumber(value) is { } number)
            {
                writer.WriteRawValue(number, skipInputValidation: true);
                return;
            }

            if (numbers == NumberSerializationMode.AsNumber)
                throw new DicomDataException($"A value of {element.Tag} {element.Tag.DictionaryEntry.Name} is no number.");
        }

        writer.WriteStringValue(value);
    }
}
