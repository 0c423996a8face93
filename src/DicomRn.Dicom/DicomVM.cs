using System.Collections.Concurrent;
using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>Value multiplicity: how many values an element may have (PS3.5 6.4).</summary>
public sealed class DicomVM
{
    private static readonly ConcurrentDictionary<string, DicomVM> Parsed = new(StringComparer.Ordinal);

    /// <summary>At least <paramref name="minimum"/> and at most <paramref name="maximum"/> values, in steps of <paramref name="multiplicity"/>.</summary>
    public DicomVM(int minimum, int maximum, int multiplicity)
    {
        Minimum = minimum;
        Maximum = maximum;
        Multiplicity = multiplicity;
    }

    /// <summary>Exactly one value.</summary>
    public static DicomVM VM_1 { get; } = Parse("1");

    /// <summary>One or two values.</summary>
    public static DicomVM VM_1_2 { get; } = Parse("1-2");

    /// <summary>One or more values.</summary>
    public static DicomVM VM_1_n { get; } = Parse("1-n");

    /// <summary>Exactly two values.</summary>
    public static DicomVM VM_2 { get; } = Parse("2");

    /// <summary>Two or more values.</summary>
    public static DicomVM VM_2_n { get; } = Parse("2-n");

    /// <summary>Exactly three values.</summary>
    public static DicomVM VM_3 { get; } = Parse("3");

    /// <summary>A multiple of three values.</summary>
    public static DicomVM VM_3_3n { get; } = Parse("3-3n");

    /// <summary>Exactly six values.</summary>
    public static DicomVM VM_6 { get; } = Parse("6");

    /// <summary>The fewest values.</summary>
    public int Minimum { get; }

    /// <summary>The most values; <see cref="int.MaxValue"/> for n.</summary>
    public int Maximum { get; }

    /// <summary>The step in which their number grows.</summary>
    public int Multiplicity { get; }

    /// <summary>Reads "1", "1-8", "2-n", "3-3n".</summary>
    /// <exception cref="DicomDataException">The text is no multiplicity.</exception>
    public static DicomVM Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parsed.GetOrAdd(s, static text =>
        {
            string[] parts = text.Split('-');
            string upper = parts[^1];
            bool open = upper.EndsWith('n');
            string step = open ? upper[..^1] : "1";
            if (parts.Length <= 2
                && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int minimum)
                && int.TryParse(step.Length == 0 ? "1" : step, NumberStyles.None, CultureInfo.InvariantCulture, out int multiplicity)
                && int.TryParse(open ? "0" : upper, NumberStyles.None, CultureInfo.InvariantCulture, out int maximum))
            {
                return new DicomVM(minimum, open ? int.MaxValue : maximum, multiplicity);
            }

            throw new DicomDataException($"'{text}' is no value multiplicity.");
        });
    }

    /// <summary>Whether an element may have this many values; none is always allowed.</summary>
    internal bool Allows(int count) =>
        count == 0 || (count >= Minimum && count <= Maximum && (Multiplicity == 1 || count % Multiplicity == 0));

    /// <inheritdoc />
    public override string ToString() => Maximum == int.MaxValue
        ? Multiplicity > 1 ? $"{Minimum}-{Multiplicity}n" : $"{Minimum}-n"
        : Minimum == Maximum ? $"{Minimum}" : $"{Minimum}-{Maximum}";
}
