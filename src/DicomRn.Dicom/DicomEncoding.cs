using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DicomRn.Dicom;

/// <summary>The .NET encodings of DICOM's character repertoires (PS3.3 C.12.1.1.2, tables C.12-2 to C.12-5).</summary>
public static class DicomEncoding
{
    /// <summary>What is left of the defined terms without "ISO_IR" and "ISO 2022 IR".</summary>
    private static readonly string[] Numbers =
    [
        "6", "13", "14", "58", "87", "100", "101", "109", "110", "126", "127", "138", "144", "148", "149", "159", "166", "192", "203",
        "GB18030", "GBK",
    ];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    [SuppressMessage("Performance", "CA1810:Initialize reference type static fields inline", Justification = "The provider has to be there first.")]
    static DicomEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>ISO-IR 6, ASCII.</summary>
    public static Encoding Default => Encoding.ASCII;

    /// <summary>The encoding for a defined term such as "ISO_IR 192"; ASCII for an empty or unknown one.</summary>
    public static Encoding GetEncoding(string charset) => Number(charset) switch
    {
        "100" => Encoding.Latin1,
        "101" => Encoding.GetEncoding(28592),
        "109" => Encoding.GetEncoding(28593),
        "110" => Encoding.GetEncoding(28594),
        "144" => Encoding.GetEncoding(28595),
        "127" => Encoding.GetEncoding(28596),
        "126" => Encoding.GetEncoding(28597),
        "138" => Encoding.GetEncoding(28598),
        "148" => Encoding.GetEncoding(28599),
        "203" => Encoding.GetEncoding(28605),
        "13" => Encoding.GetEncoding(932),
        "166" => Encoding.GetEncoding(874),
        "87" or "159" => Encoding.GetEncoding(20932),
        "149" => Encoding.GetEncoding(949),
        "58" => Encoding.GetEncoding(936),
        "192" => Utf8,
        "GB18030" => Encoding.GetEncoding(54936),
        "GBK" => Encoding.GetEncoding(936),
        _ => Default,
    };

    /// <summary>The encodings for all values of Specific Character Set.</summary>
    public static Encoding[] GetEncodings(string[] charsets) => Array.ConvertAll(charsets, GetEncoding);

    /// <summary>The defined term of an encoding; empty for ASCII.</summary>
    /// <exception cref="DicomDataException">DICOM has no term for it.</exception>
    public static string GetCharset(Encoding encoding) => encoding.CodePage switch
    {
        20127 => "",
        28591 => "ISO_IR 100",
        28592 => "ISO_IR 101",
        28593 => "ISO_IR 109",
        28594 => "ISO_IR 110",
        28595 => "ISO_IR 144",
        28596 => "ISO_IR 127",
        28597 => "ISO_IR 126",
        28598 => "ISO_IR 138",
        28599 => "ISO_IR 148",
        28605 => "ISO_IR 203",
        932 => "ISO_IR 13",
        874 => "ISO_IR 166",
        65001 => "ISO_IR 192",
        54936 => "GB18030",
        936 => "GBK",
        _ => throw new DicomDataException($"DICOM has no character set for the encoding {encoding.WebName}."),
    };

    /// <summary>
    /// The number in a defined term, however a writer spells it: case, separators, quotes and blanks do not count, and names of
    /// encodings such as UTF-8 or ISO 8859-1 are known; empty for what names none.
    /// </summary>
    internal static string Number(string charset)
    {
        // Data sets from outside may name thousands: no more is made of one than its term. None that is known is longer.
        Span<char> kept = stackalloc char[32];
        int length = 0;
        foreach (char c in charset)
        {
            if (!char.IsAsciiLetterOrDigit(c))
                continue;
            if (length == kept.Length)
                return "";
            kept[length++] = char.ToUpperInvariant(c);
        }

        ReadOnlySpan<char> term = kept[..length];
        foreach (string prefix in (ReadOnlySpan<string>)["ISO2022IR", "ISO2022", "ISOIR", "IR"])
        {
            if (!term.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            term = term[prefix.Length..];
            break;
        }

        return term switch
        {
            "UTF8" => "192",
            "ISO88591" or "LATIN1" => "100",
            "ISO88592" or "LATIN2" => "101",
            "ISO88593" => "109",
            "ISO88594" => "110",
            "ISO88595" => "144",
            "ISO88596" => "127",
            "ISO88597" => "126",
            "ISO88598" => "138",
            "ISO88599" => "148",
            "ISO885915" => "203",
            "SHIFTJIS" or "SJIS" => "13",
            "TIS620" => "166",
            "EUCKR" => "149",
            "GB2312" => "58",
            _ => Known(term),
        };
    }

    private static string Known(ReadOnlySpan<char> term)
    {
        foreach (string number in Numbers)
        {
            if (term.SequenceEqual(number))
                return number;
        }

        return "";
    }
}
