using System.Text;

namespace DicomRn.Dicom;

/// <summary>
/// Text with code extensions (ISO 2022, PS3.5 6.1.2.5): escape sequences choose which repertoire the bytes belong to, and
/// every delimiter returns to the first one.
/// </summary>
internal sealed class Iso2022
{
    /// <summary>Escape sequences (PS3.3 tables C.12-3, C.12-4), the term's number, and how their bytes are read.</summary>
    private static readonly Repertoire[] Known =
    [
        new("100", "-A", Kind.HighSingle), new("101", "-B", Kind.HighSingle), new("109", "-C", Kind.HighSingle),
        new("110", "-D", Kind.HighSingle), new("144", "-L", Kind.HighSingle), new("127", "-G", Kind.HighSingle),
        new("126", "-F", Kind.HighSingle), new("138", "-H", Kind.HighSingle), new("148", "-M", Kind.HighSingle),
        new("203", "-b", Kind.HighSingle), new("166", "-T", Kind.HighSingle),
        new("13", ")I", Kind.HighSingle), new("14", "(J", Kind.LowSingle), new("6", "(B", Kind.LowSingle),
        new("87", "$B", Kind.LowDouble), new("159", "$(D", Kind.LowDoubleSupplement),
        new("149", "$)C", Kind.HighDouble), new("58", "$)A", Kind.HighDouble),
    ];

    private readonly Encoding _first;
    private readonly Repertoire? _firstRepertoire;
    private readonly Repertoire[] _extensions;

    /// <summary>The first repertoire, and the terms of all.</summary>
    public Iso2022(Encoding first, string[] terms)
    {
        _first = first.CodePage == DicomEncoding.Default.CodePage ? Encoding.Latin1 : first;
        IsFirstAscii = first.CodePage == DicomEncoding.Default.CodePage;
        _firstRepertoire = terms.Length == 0 ? null : FirstOf(DicomEncoding.Number(terms[0]));
        List<Repertoire> extensions = [];
        foreach (string term in terms)
        {
            string number = DicomEncoding.Number(term);
            foreach (Repertoire known in Known)
            {
                if (known.Number == number)
                    extensions.Add(known);
            }
        }

        _extensions = [.. extensions];
    }

    private static Repertoire? FirstOf(string number) => Array.Find(Known, k => k.Number == number && k.Kind == Kind.HighSingle);

    private enum Kind
    {
        /// <summary>One byte per character, above 0x7F.</summary>
        HighSingle,

        /// <summary>One byte per character, below 0x80.</summary>
        LowSingle,

        /// <summary>Two bytes per character, below 0x80 (JIS X 0208).</summary>
        LowDouble,

        /// <summary>Two bytes per character, below 0x80 (JIS X 0212).</summary>
        LowDoubleSupplement,

        /// <summary>Two bytes per character, above 0x7F; ASCII between them.</summary>
        HighDouble,
    }

    private bool IsFirstAscii { get; }

    /// <summary>Text that has escape sequences though no extension was announced.</summary>
    public static Iso2022 Any(Encoding first) => new(first, []);

    /// <summary>The bytes of a text, or null where the encoding lacks a character.</summary>
    public static byte[]? TryGetBytes(Encoding encoding, string text)
    {
        byte[] bytes = encoding.GetBytes(text);
        // Code page 932 is more than JIS X 0201, whose characters are single bytes.
        if (encoding.CodePage == 932 && bytes.Length != text.Length)
            return null;
        return encoding.GetString(bytes) == text ? bytes : null;
    }

    public string Decode(ReadOnlySpan<byte> bytes, bool isPersonName)
    {
        // Some writers announce one extension and leave out its escape sequences.
        if (IsFirstAscii && !bytes.Contains((byte)0x1B) && _extensions.Where(static e => e.Kind is Kind.HighSingle or Kind.HighDouble).Take(2).ToArray() is [var only])
            return only.Encoding.GetString(bytes);
        StringBuilder text = new(bytes.Length);
        Repertoire? low = null, high = null;
        int i = 0;
        while (i < bytes.Length)
        {
            if (bytes[i] == 0x1B)
            {
                Repertoire? chosen = Match(bytes[(i + 1)..]);
                if (chosen is null)
                {
                    i++;
                    continue;
                }

                if (chosen.Kind is Kind.HighSingle or Kind.HighDouble)
                    high = chosen;
                else
                    low = chosen;
                i += 1 + chosen.Escape.Length;
                continue;
            }

            int end = i;
            bool isDouble = low?.Kind is Kind.LowDouble or Kind.LowDoubleSupplement;
            if (!isDouble && IsDelimiter(bytes[i], isPersonName))
            {
                text.Append((char)bytes[i++]);
                low = high = null;
                continue;
            }

            bool isHigh = bytes[i] >= 0x80;
            while (end < bytes.Length && bytes[end] != 0x1B && bytes[end] >= 0x80 == isHigh
                && !(!isDouble && IsDelimiter(bytes[end], isPersonName)) && !(isDouble && bytes[end] is 0x0D or 0x0A))
            {
                end++;
            }

            if (end == i)
            {
                text.Append((char)bytes[i++]);
                low = high = null;
                continue;
            }

            text.Append(Read(bytes[i..end], isHigh ? high : low));
            i = end;
        }

        return text.ToString();
    }

    /// <summary>The bytes of a text with escape sequences where they are needed; null where a repertoire is missing.</summary>
    public byte[]? TryEncode(string text, bool isPersonName)
    {
        using MemoryStream bytes = new();
        int i = 0;
        while (i < text.Length)
        {
            int end = i;
            while (end < text.Length && !IsDelimiter(text[end], isPersonName))
                end++;
            if (!EncodePart(text[i..end], bytes))
                return null;
            if (end < text.Length)
                bytes.WriteByte((byte)text[end]);
            i = end + 1;
        }

        return bytes.ToArray();
    }

    // One stretch between delimiters: ASCII as it is, the rest in the first repertoire that has it.
    private bool EncodePart(string part, MemoryStream bytes)
    {
        Repertoire? low = null, high = _firstRepertoire;
        foreach (Rune rune in part.EnumerateRunes())
        {
            string character = rune.ToString();
            if (rune.IsAscii)
            {
                Return(ref low, bytes);
                bytes.WriteByte((byte)rune.Value);
                continue;
            }

            Repertoire? repertoire = null;
            byte[]? own = IsFirstAscii ? null : TryGetBytes(_first, character);
            if (own is not null)
                repertoire = _firstRepertoire;
            for (int i = 0; own is null && i < _extensions.Length; i++)
                own = (repertoire = _extensions[i]).TryEncode(character);
            if (own is null)
                return false;
            Select(repertoire, ref low, ref high, bytes);
            bytes.Write(own);
        }

        Return(ref low, bytes);
        return true;
    }

    private static void Select(Repertoire? repertoire, ref Repertoire? low, ref Repertoire? high, MemoryStream bytes)
    {
        if (repertoire is null)
            return;
        bool isLow = repertoire.Kind is Kind.LowDouble or Kind.LowDoubleSupplement;
        if (!isLow)
            Return(ref low, bytes);
        if (repertoire == (isLow ? low : high))
            return;
        bytes.WriteByte(0x1B);
        bytes.Write(Encoding.ASCII.GetBytes(repertoire.Escape));
        if (isLow)
            low = repertoire;
        else
            high = repertoire;
    }

    // Back to ASCII in the lower half.
    private static void Return(ref Repertoire? low, MemoryStream bytes)
    {
        if (low is not null)
            bytes.Write([0x1B, 0x28, 0x42]);
        low = null;
    }

    private static Repertoire? Match(ReadOnlySpan<byte> afterEscape)
    {
        Repertoire? best = null;
        foreach (Repertoire known in Known)
        {
            if (afterEscape.Length < known.Escape.Length || known.Escape.Length <= (best?.Escape.Length ?? 0))
                continue;
            bool same = true;
            for (int i = 0; same && i < known.Escape.Length; i++)
                same = afterEscape[i] == known.Escape[i];
            if (same)
                best = known;
        }

        return best;
    }

    private static bool IsDelimiter(int c, bool isPersonName) =>
        c is '\\' or '\r' or '\n' or '\f' or '\t' || (isPersonName && c is '^' or '=');

    private string Read(ReadOnlySpan<byte> bytes, Repertoire? repertoire)
    {
        switch (repertoire?.Kind)
        {
            case Kind.LowDouble:
                byte[] high = bytes.ToArray();
                for (int i = 0; i < high.Length; i++)
                    high[i] |= 0x80;
                return repertoire.Encoding.GetString(high);
            case Kind.LowDoubleSupplement:
                // EUC code page 20932 marks JIS X 0212 by a low second byte.
                byte[] mixed = bytes.ToArray();
                for (int i = 0; i < mixed.Length; i += 2)
                    mixed[i] |= 0x80;
                return repertoire.Encoding.GetString(mixed);
            case null:
                return _first.GetString(bytes);
            default:
                return repertoire.Encoding.GetString(bytes);
        }
    }

    private sealed record Repertoire(string Number, string Escape, Kind Kind)
    {
        public Encoding Encoding { get; } = Number == "14" ? DicomEncoding.GetEncoding("13") : DicomEncoding.GetEncoding(Number);

        /// <summary>The bytes of one character; null where this repertoire lacks it.</summary>
        public byte[]? TryEncode(string character) => (Kind, TryGetBytes(Encoding, character)) switch
        {
            (Kind.HighSingle, [>= 0x80] own) => own,
            (Kind.HighDouble, [>= 0xA1, >= 0xA1] own) => own,
            (Kind.LowDouble, [>= 0xA1 and var a, >= 0xA1 and var b]) => [(byte)(a & 0x7F), (byte)(b & 0x7F)],
            (Kind.LowDoubleSupplement, [>= 0xA1 and var a, < 0x80 and var b]) => [(byte)(a & 0x7F), b],
            _ => null,
        };
    }
}
