using System.Text;

namespace DicomRn.Dicom;

/// <summary>The character repertoires of a data set: Specific Character Set (0008,0005) (PS3.3 C.12.1.1.2, PS3.5 6.1).</summary>
internal sealed class DicomCharacterSet : IEquatable<DicomCharacterSet>
{
    private readonly Iso2022? _extensions;
    private readonly string _key;

    private DicomCharacterSet(Encoding[] encodings, Iso2022? extensions, string key)
    {
        Encodings = encodings;
        _extensions = extensions;
        _key = key;
    }

    /// <summary>The default repertoire, ISO-IR 6; bytes above it are read as Latin-1.</summary>
    public static DicomCharacterSet Default { get; } = new([DicomEncoding.Default], null, "20127");

    /// <summary>One encoding per value of Specific Character Set.</summary>
    public Encoding[] Encodings { get; }

    private bool IsDefault => Encodings.Length == 1 && Encodings[0].CodePage == DicomEncoding.Default.CodePage;

    public static DicomCharacterSet Of(Encoding[]? encodings) =>
        encodings is null || encodings.Length == 0 || (encodings.Length == 1 && encodings[0].CodePage == DicomEncoding.Default.CodePage)
            ? Default
            : new DicomCharacterSet(encodings, null, string.Join('\\', encodings.Select(static e => e.CodePage)));

    /// <summary>The repertoires named by the values of Specific Character Set.</summary>
    public static DicomCharacterSet Of(string[] terms)
    {
        Encoding[] encodings = DicomEncoding.GetEncodings(terms);
        if (DicomEncoding.Number(terms[0]) is "192" or "GB18030" or "GBK")
            return Of(encodings[..1]);
        bool extended = terms.Length > 1 || terms.Any(static t => t.Contains("2022", StringComparison.Ordinal));
        return extended
            ? new DicomCharacterSet(encodings, new Iso2022(encodings[0], Array.ConvertAll(terms, DicomEncoding.Number)), string.Join('\\', terms))
            : Of(encodings);
    }

    /// <summary>The text that bytes stand for; what they cannot mean becomes U+FFFD.</summary>
    public string Decode(ReadOnlySpan<byte> bytes, bool isPersonName)
    {
        bool escapes = bytes.Contains((byte)0x1B);
        if (!escapes && Ascii.IsValid(bytes))
            return Encoding.ASCII.GetString(bytes);
        // These have no code extensions; an ESC among their bytes means nothing.
        if (_extensions is null && Encodings[0].CodePage is (65001 or 54936 or 936))
            return Encodings[0].GetString(bytes);
        if (escapes || _extensions is not null)
            return (_extensions ?? Iso2022.Any(IsDefault ? Encoding.Latin1 : Encodings[0])).Decode(bytes, isPersonName);
        return (IsDefault ? Encoding.Latin1 : Encodings[0]).GetString(bytes);
    }

    /// <summary>The bytes that stand for a text.</summary>
    /// <exception cref="DicomDataException">The repertoires lack a character.</exception>
    public byte[] Encode(string text, DicomItem item)
    {
        if (Ascii.IsValid(text))
            return Encoding.ASCII.GetBytes(text);
        if (_extensions?.TryEncode(text, item.ValueRepresentation == DicomVR.PN) is { } extended)
            return extended;
        foreach (Encoding encoding in _extensions is null ? Encodings.AsSpan(0, 1) : [])
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
