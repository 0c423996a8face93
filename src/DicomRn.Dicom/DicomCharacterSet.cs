using System.Text;

namespace DicomRn.Dicom;

/// <summary>The character repertoires of a data set: Specific Character Set (0008,0005) (PS3.3 C.12.1.1.2, PS3.5 6.1).</summary>
internal sealed class DicomCharacterSet : IEquatable<DicomCharacterSet>
{
    /// <summary>PS3.3 tables C.12-2 to C.12-5 have 32 defined terms; a data set that names more names some twice or none.</summary>
    private const int MaximumTerms = 32;

    private readonly string[]? _terms;
    private readonly string _key;
    private Encoding[]? _encodings;
    private Iso2022? _extensions;

    private DicomCharacterSet(Encoding[] encodings, string key)
    {
        _encodings = encodings;
        _key = key;
    }

    // Every item of a sequence can name its own, and most text is ASCII: what the terms mean is found out when it is needed.
    private DicomCharacterSet(string[] extended, string key)
    {
        _terms = extended;
        _key = key;
    }

    /// <summary>The default repertoire, ISO-IR 6; bytes above it are read as Latin-1.</summary>
    public static DicomCharacterSet Default { get; } = new([DicomEncoding.Default], "20127");

    /// <summary>One encoding per value of Specific Character Set.</summary>
    public Encoding[] Encodings => _encodings ??= DicomEncoding.GetEncodings(_terms!);

    private Iso2022? Extensions =>
        _extensions ??= _terms is null ? null : new Iso2022(DicomEncoding.GetEncoding(_terms[0]), _terms);

    private bool IsDefault => Encodings.Length == 1 && Encodings[0].CodePage == DicomEncoding.Default.CodePage;

    public static DicomCharacterSet Of(Encoding[]? encodings) =>
        encodings is null || encodings.Length == 0 || (encodings.Length == 1 && encodings[0].CodePage == DicomEncoding.Default.CodePage)
            ? Default
            : new DicomCharacterSet(encodings, string.Join('\\', encodings.Select(static e => e.CodePage)));

    /// <summary>The repertoires named by Specific Character Set; null where it is empty.</summary>
    /// <exception cref="DicomDataException">More values than there are defined terms.</exception>
    public static DicomCharacterSet? Of(DicomMultiStringElement element)
    {
        string text = element.WholeText();
        int count = text.AsSpan().Count('\\') + 1;
        if (count > MaximumTerms)
            throw new DicomDataException($"{element.Tag} Specific Character Set has {count} values; {MaximumTerms} are allowed.");
        string[] terms = element.Values;
        if (terms.Length == 0)
            return null;
        if (DicomEncoding.Number(terms[0]) is "192" or "GB18030" or "GBK")
            return Of(DicomEncoding.GetEncodings(terms[..1]));
        return terms.Length > 1 || terms[0].Contains("2022", StringComparison.Ordinal)
            ? new DicomCharacterSet(terms, text)
            : Of(DicomEncoding.GetEncodings(terms));
    }

    /// <summary>The text that bytes stand for; what they cannot mean becomes U+FFFD.</summary>
    public string Decode(ReadOnlySpan<byte> bytes, bool isPersonName)
    {
        bool escapes = bytes.Contains((byte)0x1B);
        if (!escapes && Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        // These have no code extensions; an ESC among their bytes means nothing.
        if (Extensions is null && Encodings[0].CodePage is (65001 or 54936 or 936))
            return Encodings[0].GetString(bytes);
        if (escapes || Extensions is not null)
            return (Extensions ?? Iso2022.Any(IsDefault ? Encoding.Latin1 : Encodings[0])).Decode(bytes, isPersonName);
        return (IsDefault ? Encoding.Latin1 : Encodings[0]).GetString(bytes);
    }

    /// <summary>The bytes that stand for a text.</summary>
    /// <exception cref="DicomDataException">The repertoires lack a character.</exception>
    public byte[] Encode(string text, DicomItem item)
    {
        if (Ascii.IsValid(text))
            return Encoding.ASCII.GetBytes(text);
        if (Extensions?.TryEncode(text, item.ValueRepresentation == DicomVR.PN) is { } extended)
            return extended;
        foreach (Encoding encoding in Extensions is null ? Encodings.AsSpan(0, 1) : [])
        {
            if (Iso2022.TryGetBytes(encoding, text) is { } bytes)
                return bytes;
        }

        throw new DicomDataException(
            $"{item.Tag} {item.Tag.DictionaryEntry.Name} has characters that the Specific Character Set of its data set lacks; ISO_IR 192 has all.");
    }

    public bool Equals(DicomCharacterSet? other) => other is not null && (ReferenceEquals(this, other) || _key == other._key);

    public override bool Equals(object? obj) => Equals(obj as DicomCharacterSet);

    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(DicomCharacterSet? left, DicomCharacterSet? right) => Equals(left, right);

    public static bool operator !=(DicomCharacterSet? left, DicomCharacterSet? right) => !Equals(left, right);
}
