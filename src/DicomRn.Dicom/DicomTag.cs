using System.Globalization;
using DicomRn.Dicom.Dictionary;

namespace DicomRn.Dicom;

/// <summary>The group and element number of a data element (PS3.5 7.1), with the private creator where it is known.</summary>
public sealed partial class DicomTag : IFormattable, IEquatable<DicomTag>, IComparable<DicomTag>, IComparable
{
    private static readonly DicomTag?[] KnownTags = new DicomTag?[DictionaryTable.Count];

    /// <summary>The tag (<paramref name="group"/>, <paramref name="element"/>).</summary>
    public DicomTag(ushort group, ushort element)
    {
        Group = group;
        Element = element;
    }

    /// <summary>A private tag in the block of a creator, named by its identification string.</summary>
    public DicomTag(ushort group, ushort element, string? privateCreator)
        : this(group, element, string.IsNullOrEmpty(privateCreator) ? null : DicomDictionary.Default.GetPrivateCreator(privateCreator))
    {
    }

    /// <summary>A private tag in the block of a creator.</summary>
    public DicomTag(ushort group, ushort element, DicomPrivateCreator? privateCreator)
    {
        Group = group;
        Element = element;
        PrivateCreator = privateCreator;
    }

    /// <summary>The unknown tag (FFFF,FFFF).</summary>
    public static DicomTag Unknown { get; } = new(0xFFFF, 0xFFFF);

    /// <summary>The group number; odd for private elements.</summary>
    public ushort Group { get; }

    /// <summary>The element number; of a private tag that comes from a dictionary, only the last two digits count.</summary>
    public ushort Element { get; }

    /// <summary>Whether the group is odd.</summary>
    public bool IsPrivate => (Group & 1) == 1;

    /// <summary>Who reserved the block of a private tag, where known.</summary>
    public DicomPrivateCreator? PrivateCreator { get; }

    /// <summary>What the dictionary says about this tag; never null.</summary>
    public DicomDictionaryEntry DictionaryEntry => DicomDictionary.Default[this];

    /// <summary>Group and element as one number.</summary>
    internal uint Value => (uint)Group << 16 | Element;

    /// <summary>Whether this element reserves a block of private elements (PS3.5 7.8.1).</summary>
    internal bool IsPrivateCreatorElement => IsPrivate && Element is >= 0x0010 and <= 0x00FF;

    /// <summary>Reads "gggg,eeee", "(gggg,eeee)", "ggggeeee", either with ":creator", or a keyword.</summary>
    /// <exception cref="DicomDataException">The text is no tag.</exception>
    public static DicomTag Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        ReadOnlySpan<char> text = s.AsSpan().Trim().TrimStart('(').TrimEnd(')');
        string? creator = null;
        int colon = text.IndexOf(':');
        if (colon >= 0)
        {
            creator = text[(colon + 1)..].ToString();
            text = text[..colon];
        }

        ReadOnlySpan<char> group = text.Length >= 8 ? text[..4] : default;
        ReadOnlySpan<char> element = text.Length == 9 && text[4] == ',' ? text[5..] : text.Length == 8 ? text[4..] : default;
        if (ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort g)
            && ushort.TryParse(element, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort e))
        {
            return creator is null ? Of((uint)g << 16 | e) : new DicomTag(g, e, creator);
        }

        return DicomDictionary.TryFindKeyword(s.Trim(), out DicomTag? tag)
            ? tag
            : throw new DicomDataException($"'{s}' is no DICOM tag: expected (gggg,eeee) or a keyword.");
    }

    /// <summary>The shared instance of a standard tag, a new one otherwise.</summary>
    internal static DicomTag Of(uint value)
    {
        int index = DictionaryIndex.Find(value);
        return index >= 0 ? Known(index) : new DicomTag((ushort)(value >> 16), (ushort)value);
    }

    internal static DicomTag Known(int index)
    {
        return KnownTags[index] ?? Create(index);

        static DicomTag Create(int index)
        {
            uint value = DictionaryTable.Tags[index];
            DicomTag tag = new((ushort)(value >> 16), (ushort)value);
            return Interlocked.CompareExchange(ref KnownTags[index], tag, null) ?? tag;
        }
    }

    /// <summary>"(gggg,eeee)", followed by ":creator" inside the parentheses where one is known.</summary>
    public override string ToString() => ToString("G", null);

    /// <summary>G: "(gggg,eeee)" with the creator; J: "ggggeeee" in capitals, as in the JSON model; g: "gggg,eeee".</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => format switch
    {
        "J" => $"{Group:X4}{Element:X4}",
        "g" => PrivateCreator is null ? $"{Group:x4},{Element:x4}" : $"{Group:x4},{Element:x4}:{PrivateCreator.Creator}",
        _ => PrivateCreator is null ? $"({Group:x4},{Element:x4})" : $"({Group:x4},{Element:x4}:{PrivateCreator.Creator})",
    };

    /// <summary>Orders by group, then element, then private creator.</summary>
    public int CompareTo(DicomTag? other)
    {
        if (other is null)
            return 1;
        int order = Value.CompareTo(other.Value);
        return order != 0 ? order : string.CompareOrdinal(PrivateCreator?.Creator, other.PrivateCreator?.Creator);
    }

    /// <inheritdoc />
    public int CompareTo(object? obj) => CompareTo(obj as DicomTag);

    /// <inheritdoc />
    public bool Equals(DicomTag? other) =>
        other is not null && (ReferenceEquals(this, other) || (Value == other.Value && Equals(PrivateCreator, other.PrivateCreator)));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DicomTag);

    /// <inheritdoc />
    public override int GetHashCode() => (int)(Value * 2654435761u);

    /// <summary>Whether both name the same element.</summary>
    public static bool operator ==(DicomTag? left, DicomTag? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether both name different elements.</summary>
    public static bool operator !=(DicomTag? left, DicomTag? right) => !(left == right);

    /// <summary>Order by group and element.</summary>
    public static bool operator <(DicomTag? left, DicomTag? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    /// <summary>Order by group and element.</summary>
    public static bool operator <=(DicomTag? left, DicomTag? right) => left is null || left.CompareTo(right) <= 0;

    /// <summary>Order by group and element.</summary>
    public static bool operator >(DicomTag? left, DicomTag? right) => right < left;

    /// <summary>Order by group and element.</summary>
    public static bool operator >=(DicomTag? left, DicomTag? right) => right <= left;

    /// <summary>Group and element as one number.</summary>
    public static explicit operator uint(DicomTag tag) => tag.Value;

    /// <summary>The tag of a group and element given as one number.</summary>
    public static explicit operator DicomTag(uint tag) => Of(tag);
}
