using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>An element whose value is text.</summary>
public abstract class DicomStringElement : DicomElement
{
    private DicomCharacterSet? _characterSet;
    private string? _text;

    /// <summary>An element with the text given.</summary>
    protected DicomStringElement(DicomTag tag, string? value)
        : base(tag, null) => _text = value ?? "";

    /// <summary>An element whose text is still encoded.</summary>
    protected DicomStringElement(DicomTag tag, Encoding[]? encodings, IByteBuffer? buffer)
        : base(tag, buffer ?? EmptyBuffer.Value) => _characterSet = DicomCharacterSet.Of(encodings);

    /// <summary>The encoded text, in the character set of the data set it was put into.</summary>
    public override IByteBuffer Buffer => BufferFor(CharacterSet);

    /// <summary>The encodings of the text: Specific Character Set of the data set (PS3.5 6.1).</summary>
    public Encoding[] TargetEncodings => CharacterSet.Encodings;

    /// <summary>The character set of <see cref="DicomElement.Buffer"/>.</summary>
    internal DicomCharacterSet CharacterSet => _characterSet ?? DicomCharacterSet.Default;

    /// <summary>The text, decoded, without padding at its end.</summary>
    private protected string Text
    {
        get
        {
            if (_text is { } text)
                return text;
            ReadOnlySpan<byte> bytes = Data is MemoryByteBuffer memory ? memory.Span : Data!.Data;
            return _text = Decode(bytes);
        }
    }

    /// <summary>Whether the text is in the data set's character set rather than in the default repertoire.</summary>
    private protected bool IsEncoded => ValueRepresentation.IsStringEncoded;

    internal override IByteBuffer BufferFor(DicomCharacterSet characterSet)
    {
        if (Data is not null && (!IsEncoded || characterSet == CharacterSet || IsAtUri))
            return Data;
        string text = Text;
        if (text.Length == 0)
            return EmptyBuffer.Value;
        DicomCharacterSet target = IsEncoded ? characterSet : DicomCharacterSet.Default;
        return new MemoryByteBuffer(target.Encode(text, this));
    }

    internal override string WholeText() => Text;

    /// <summary>Takes the text over into another character set; what was read is decoded in its own one first.</summary>
    internal void SetCharacterSet(DicomCharacterSet characterSet)
    {
        if (!IsEncoded || characterSet == CharacterSet)
            return;
        if (Data is not null && !IsAtUri)
        {
            _ = Text;
            Data = null;
        }

        _characterSet = characterSet;
    }

    /// <summary>Sets what the bytes mean, where the data set's character set becomes known after they were read.</summary>
    internal void Reinterpret(DicomCharacterSet characterSet)
    {
        if (Data is not null)
            _text = null;
        _characterSet = characterSet;
    }

    private protected virtual string Trim(string text) => text.TrimEnd(' ', '\0');

    private string Decode(ReadOnlySpan<byte> bytes) =>
        Trim((IsEncoded ? CharacterSet : DicomCharacterSet.Default).Decode(bytes, ValueRepresentation == DicomVR.PN));
}
