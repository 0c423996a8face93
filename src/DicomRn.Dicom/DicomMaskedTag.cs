using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>The tags of a repeating group or element, such as (60xx,3000).</summary>
public sealed class DicomMaskedTag
{
    private readonly uint _value;

    internal DicomMaskedTag(uint value, uint mask)
    {
        _value = value;
        Mask = mask;
    }

    /// <summary>Bits that are fixed.</summary>
    public uint Mask { get; }

    /// <summary>The first tag covered.</summary>
    public DicomTag Tag => DicomTag.Of(_value);

    /// <summary>Reads "ggxx,eeee" or "ggxxeeee".</summary>
    /// <exception cref="DicomDataException">The text is no masked tag.</exception>
    public static DicomMaskedTag Parse(string mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        string text = mask.Trim().Trim('(', ')').Replace(",", "", StringComparison.Ordinal).ToLowerInvariant();
        string fixedDigits = string.Concat(text.Select(static c => c == 'x' ? '0' : 'f'));
        if (text.Length == 8
            && uint.TryParse(text.Replace('x', '0'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
        {
            return new DicomMaskedTag(value, uint.Parse(fixedDigits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        }

        throw new DicomDataException($"'{mask}' is no masked DICOM tag: expected (ggxx,eeee).");
    }

    /// <summary>Whether a tag is covered.</summary>
    public bool IsMatch(DicomTag tag) => (tag.Value & Mask) == _value;

    /// <inheritdoc />
    public override string ToString()
    {
        Span<char> digits = stackalloc char[8];
        for (int i = 0; i < 8; i++)
        {
            int shift = 28 - (4 * i);
            digits[i] = (Mask >> shift & 0xF) == 0 ? 'x' : "0123456789abcdef"[(int)(_value >> shift & 0xF)];
        }

        return $"({digits[..4]},{digits[4..]})";
    }
}
