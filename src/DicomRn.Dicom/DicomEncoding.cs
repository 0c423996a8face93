using System.Text;

namespace DicomRn.Dicom;

/// <summary>The .NET encodings of DICOM's character repertoires (PS3.3 C.12.1.1.2).</summary>
public static class DicomEncoding
{
    static DicomEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>ISO-IR 6, ASCII.</summary>
    public static Encoding Default => Encoding.ASCII;

    /// <summary>The encoding for a defined term such as "ISO_IR 192"; ASCII for an empty or unknown one.</summary>
    public static Encoding GetEncoding(string charset) => charset.Trim().ToUpperInvariant().Replace("ISO_IR ", "", StringComparison.Ordinal)
        .Replace("ISO 2022 IR ", "", StringComparison.Ordinal) switch
    {
        "100" => Encoding.Latin1,
        "192" => Utf8,
        _ => Default,
    };

    /// <summary>The encodings for all values of Specific Character Set.</summary>
    public static Encoding[] GetEncodings(string[] charsets) => Array.ConvertAll(charsets, GetEncoding);

    private static readonly Encoding Utf8 = new UTF8Encoding(false);
}
