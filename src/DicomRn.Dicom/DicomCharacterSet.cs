using System.Text;

namespace DicomRn.Dicom;

/// <summary>The character repertoires of a data set: Specific Character Set (0008,0005) (PS3.3 C.12.1.1.2, PS3.5 6.1).</summary>
internal sealed class DicomCharacterSet
{
    private DicomCharacterSet(Encoding[] encodings) => Encodings = encodings;

    /// <summary>The default repertoire, ISO-IR 6; bytes above it are read as Latin-1.</summary>
    public static DicomCharacterSet Default { get; } = new([DicomEncoding.Default]);

    /// <summary>One encoding per value of Specific Character Set.</summary>
    public Encoding[] Encodings { get; }

    public static DicomCharacterSet Of(Encoding[]? encodings) =>
        encodings is null || encodings.Length == 0 || (encodings.Length == 1 && encodings[0].Equals(DicomEncoding.Default))
            ? Default
            : new DicomCharacterSet(encodings);

    /// <summary>The repertoires named by the values of Specific Character Set.</summary>
    public static DicomCharacterSet Of(string[] terms) => Of(Array.ConvertAll(terms, DicomEncoding.GetEncoding));

    public string Decode(ReadOnlySpan<byte> bytes, bool isPersonName) =>
        Ascii(bytes) ?? (this == Default ? Encoding.Latin1 : Encodings[0]).GetString(bytes);

    /// <exception cref="DicomDataException">The repertoires lack a character.</exception>
    public byte[] Encode(string text, DicomItem item) => Encodings[0].GetBytes(text);

    private static string? Ascii(ReadOnlySpan<byte> bytes) =>
        System.Text.Ascii.IsValid(bytes) && !bytes.Contains((byte)0x1B) ? Encoding.ASCII.GetString(bytes) : null;
}
