using System.Text.Json;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Serialization;

/// <summary>
/// Reads data sets from the DICOM JSON model (PS3.18 F.2). Messages say where the fault is, as "(0040,a730)[2]/(0040,a043)" for
/// an element of the second item, and never quote what stands there.
/// </summary>
internal sealed class DicomJsonReader(bool validate, DicomReadLimits limits)
{
    private readonly List<string> _path = [];
    private bool _hasWideText;

    /// <summary>Reads a JSON text of one data set.</summary>
    /// <exception cref="DicomDataException">The text is no JSON, or not in the model.</exception>
    /// <exception cref="DicomValidationException">A value breaks the rule of its VR, where values are validated.</exception>
    public static DicomDataset ReadOne(ReadOnlySpan<byte> json, bool validate)
    {
        DicomJsonReader model = new(validate, DicomReadLimits.Default);
        return model.Guard(json, (ref Utf8JsonReader reader) => model.ReadWhole(ref reader));
    }

    /// <summary>Reads a JSON text of an array of data sets.</summary>
    /// <inheritdoc cref="ReadOne" />
    public static DicomDataset[] ReadMany(ReadOnlySpan<byte> json, bool validate)
    {
        DicomJsonReader model = new(validate, DicomReadLimits.Default);
        return model.Guard(json, (ref Utf8JsonReader reader) =>
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw model.Fault("the JSON text is no array of data sets");
            List<DicomDataset> datasets = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                datasets.Add(model.ReadWhole(ref reader));
            return datasets.ToArray();
        });
    }

    /// <summary>Reads the data set that begins at the reader's token; texts beyond ASCII make its character set ISO_IR 192 where it names none.</summary>
    public DicomDataset ReadWhole(ref Utf8JsonReader reader)
    {
        _hasWideText = false;
        DicomDataset dataset = ReadDataset(ref reader, 0);
        if (_hasWideText && !dataset.Contains(DicomTag.SpecificCharacterSet))
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        dataset.ValidateItems = true;
        return dataset;
    }

    private delegate T Reading<T>(ref Utf8JsonReader reader);

    private T Guard<T>(ReadOnlySpan<byte> json, Reading<T> read)
    {
        // An element in an item takes three levels of JSON: element, Value, item.
        JsonReaderOptions options = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = (3 * limits.MaximumSequenceDepth) + 8 };
        Utf8JsonReader reader = new(json, options);
        try
        {
            if (!reader.Read())
                throw Fault("the JSON text is empty");
            T result = read(ref reader);
            return reader.Read() ? throw Fault("something follows the end") : result;
        }
        catch (JsonException e)
        {
            // Its own message may quote the text.
            throw Fault($"the JSON text is malformed, or nested too deep, at line {e.LineNumber + 1}, byte {e.BytePositionInLine}");
        }
        catch (InvalidOperationException)
        {
            throw Fault("a string is no Unicode text");
        }
    }

    private DicomDataset ReadDataset(ref Utf8JsonReader reader, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fault("a data set was expected, as an object");
        if (depth > limits.MaximumSequenceDepth)
            throw Fault($"sequences lie more than {limits.MaximumSequenceDepth} deep");
        List<DicomItem> items = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!TryTag(name, out DicomTag tag))
                throw Fault($"member {items.Count + 1} of the data set is named by neither a tag nor a keyword");
            _path.Add($"({tag.Group:x4},{tag.Element:x4})");
            reader.Read();
            items.Add(ReadElement(ref reader, tag, depth));
            _path.RemoveAt(_path.Count - 1);
        }

        return Ordered(items);
    }

    private DicomDataset Ordered(List<DicomItem> items)
    {
        DicomDataset dataset = new() { ValidateItems = validate };
        foreach (DicomItem item in items.OrderBy(static i => i.Tag.Value))
        {
            if (dataset.Count > 0 && dataset.Items[^1].Tag.Value == item.Tag.Value)
                throw Fault($"{item.Tag} is there twice");
            item.Tag = dataset.WithCreator(item.Tag);
            try
            {
                dataset.Add(item);
            }
            catch (DicomValidationException e)
            {
                throw _path.Count == 0 ? e : new DicomValidationException(e.Content, e.VR, $"DICOM JSON: {string.Join('/', _path)}: {e.Message}");
            }
        }

        return dataset;
    }

    private DicomItem ReadElement(ref Utf8JsonReader reader, DicomTag tag, int depth)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Fault("an element was expected, as an object");
        DicomVR? vr = null;
        DicomItem? item = null;
        string? kind = null;
        Utf8JsonReader unread = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVr = reader.ValueTextEquals("vr"u8);
            string? name = reader.ValueTextEquals("Value"u8) ? "Value" : reader.ValueTextEquals("InlineBinary"u8) ? "InlineBinary"
                : reader.ValueTextEquals("BulkDataURI"u8) ? "BulkDataURI" : null;
            reader.Read();
            if (isVr)
            {
                vr = reader.TokenType == JsonTokenType.String && DicomVR.TryParse(reader.GetString(), out DicomVR? known)
                    ? known : throw Fault("its VR does not exist");
            }
            else if (name is null)
            {
                reader.TrySkip();
            }
            else if (kind is not null)
            {
                throw Fault("it has two values");
            }
            else
            {
                kind = name;
                if (vr is not null)
                {
                    item = ReadValue(ref reader, kind, vr, tag, depth);
                }
                else
                {
                    // The members of an object have no order: the value is read when the VR is known.
                    unread = reader;
                    reader.TrySkip();
                }
            }
        }

        vr ??= tag.DictionaryEntry.ValueRepresentations is [var only] && only != DicomVR.NONE && !tag.IsPrivate
            ? only : throw Fault("it has no VR");
        if (kind is null)
            return vr == DicomVR.SQ ? new DicomSequence(tag) : ElementFactory.FromBuffer(vr, tag, DicomCharacterSet.Default, EmptyBuffer.Value);
        return item ?? ReadValue(ref unread, kind, vr, tag, depth);
    }

    private DicomItem ReadValue(ref Utf8JsonReader reader, string kind, DicomVR vr, DicomTag tag, int depth)
    {
        switch (kind)
        {
            case "BulkDataURI":
                if (reader.TokenType != JsonTokenType.String || vr == DicomVR.SQ)
                    throw Fault("its BulkDataURI is no text, or that of a sequence");
                return ElementFactory.FromBuffer(vr, tag, DicomCharacterSet.Default, new BulkDataUriByteBuffer(reader.GetString()!));
            case "InlineBinary":
                byte[]? bytes = [];
                if (vr.IsString || vr == DicomVR.SQ || (reader.TokenType != JsonTokenType.Null
                    && !(reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out bytes))))
                {
                    throw Fault($"its InlineBinary is no base64 text, or not allowed for {vr.Code}");
                }

                if (bytes!.Length % vr.UnitSize != 0)
                    throw Fault($"its InlineBinary has {bytes.Length} bytes, which are no whole values of {vr.Code}");
                return ElementFactory.FromBuffer(vr, tag, DicomCharacterSet.Default, new MemoryByteBuffer(bytes));
            default:
                if (reader.TokenType == JsonTokenType.Null)
                    return vr == DicomVR.SQ ? new DicomSequence(tag) : ElementFactory.FromBuffer(vr, tag, DicomCharacterSet.Default, EmptyBuffer.Value);
                if (reader.TokenType != JsonTokenType.StartArray)
                    throw Fault("its Value is no array");
                return vr == DicomVR.SQ ? ReadSequence(ref reader, tag, depth) : ReadValues(ref reader, vr, tag);
        }
    }

    private DicomSequence ReadSequence(ref Utf8JsonReader reader, DicomTag tag, int depth)
    {
        DicomSequence sequence = new(tag);
        string path = _path[^1];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            _path[^1] = $"{path}[{sequence.Items.Count + 1}]";
            sequence.Items.Add(reader.TokenType == JsonTokenType.Null ? new DicomDataset() : ReadDataset(ref reader, depth + 1));
            sequence.Items[^1].ValidateItems = true;
        }

        _path[^1] = path;
        return sequence;
    }

    private DicomItem ReadValues(ref Utf8JsonReader reader, DicomVR vr, DicomTag tag)
    {
        List<ModelValue> values = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ModelValue value = vr == DicomVR.PN && reader.TokenType == JsonTokenType.StartObject
                ? ModelValue.ReadPersonName(ref reader) : ModelValue.Read(ref reader);
            if (value.Fault is { } fault)
                throw Fault($"value {values.Count + 1}: {fault}");
            _hasWideText |= vr.IsStringEncoded && !System.Text.Ascii.IsValid(value.Text);
            values.Add(value);
        }

        try
        {
            return ModelElement.ToElement(vr, tag, values);
        }
        catch (FormatException e)
        {
            throw Fault(e.Message);
        }
    }

    private static bool TryTag(string name, out DicomTag tag)
    {
        tag = DicomTag.Unknown;
        if (name.Length == 8 && uint.TryParse(name, System.Globalization.NumberStyles.AllowHexSpecifier, null, out uint number))
        {
            tag = DicomTag.Of(number);
            return true;
        }

        if (!DicomDictionary.TryFindKeyword(name, out DicomTag? known))
            return false;
        tag = known;
        return true;
    }

    private DicomDataException Fault(string reason) =>
        new(_path.Count == 0 ? $"DICOM JSON: {reason}." : $"DICOM JSON: {string.Join('/', _path)}: {reason}.");
}
