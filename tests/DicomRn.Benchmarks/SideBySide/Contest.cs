using System.Globalization;
using DicomRn.CommandLine;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>What contestants reach who take turns, round by round: a machine is not the same from minute to minute.</summary>
/// <param name="reference">The name of the one that the others are compared with, in the same round.</param>
/// <param name="unit">What is measured; more is better.</param>
internal sealed class Contest(string reference, string unit)
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, List<double>> _values = [];

    /// <summary>Notes what one reached in the next round of its own.</summary>
    public void Add(string name, double value)
    {
        if (!_values.TryGetValue(name, out List<double>? values))
        {
            _names.Add(name);
            _values[name] = values = [];
        }

        values.Add(value);
    }

    /// <summary>Writes a row for each: smallest, median and largest value, and the ratios to the reference in the same round.</summary>
    public void Write(TextWriter output)
    {
        TextTable table = new("", $">{unit}: min", ">median", ">max", $">ratio to {reference}: min", ">median", ">max");
        foreach (string name in _names)
        {
            double[] values = [.. _values[name].Order()];
            double[] ratios = [.. _values[name].Zip(_values[reference], (own, other) => own / other).Order()];
            table.Add(name, Value(values[0]), Value(Median(values)), Value(values[^1]),
                Text(ratios[0], "F2"), Text(Median(ratios), "F2"), Text(ratios[^1], "F2"));
        }

        table.Write(output);
    }

    /// <summary>The median of sorted values.</summary>
    private static double Median(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;

    private static string Value(double value) => Text(value, value < 100 ? "F2" : "F0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
