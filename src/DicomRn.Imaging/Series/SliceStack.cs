using System.Globalization;

namespace DicomRn.Imaging.Series;

/// <summary>Slices of a series that belong together, and what tells them from the others of the series.</summary>
/// <param name="Slices">In the order of the files.</param>
/// <param name="Label">For people: <c>temporal position 2, echo time 4.8</c>; empty where the series is one stack.</param>
internal sealed record SliceStack(IReadOnlyList<SliceSource> Slices, string Label)
{
    /// <summary>Label and number of slices.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{Label} ({Slices.Count} slices)");

    /// <summary>
    /// Splits by stack, then by each further dimension that tells slices of one position apart, until no two of a stack lie at one position
    /// or nothing more tells them apart. Attributes that differ from position to position only, such as times, split nothing. Stacks come in the
    /// order of their values, whatever that of the files, so that a number means the same stack everywhere.
    /// </summary>
    public static IReadOnlyList<SliceStack> Split(IReadOnlyList<SliceSource> slices)
    {
        IReadOnlyList<SliceStack> stacks = [new(slices, "")];
        foreach (string dimension in SliceDimensions.Names)
            stacks = [.. stacks.SelectMany(s => s.SplitBy(dimension))];
        return stacks;
    }

    private IEnumerable<SliceStack> SplitBy(string dimension)
    {
        bool splits = dimension == SliceDimensions.Stack
            ? Slices.Select(s => s.Dimensions[dimension]).Distinct().Count() > 1
            : Slices.GroupBy(Position).Any(p => p.Select(s => s.Dimensions[dimension]).Distinct().Count() > 1);
        return splits
            ? Slices.GroupBy(s => s.Dimensions[dimension]).OrderBy(g => Number(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new SliceStack([.. g], Append(dimension, g.Key)))
            : [this];
    }

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.PositiveInfinity;

    private string Append(string dimension, string value)
    {
        string part = $"{dimension} {(value.Length > 0 ? value : "not given")}";
        return Label.Length > 0 ? $"{Label}, {part}" : part;
    }

    private static (double, double, double, double, double, double) Position(SliceSource slice)
    {
        SlicePlane p = slice.Plane;
        return (Near(p.Position.X), Near(p.Position.Y), Near(p.Position.Z), Near(p.Normal.X), Near(p.Normal.Y), Near(p.Normal.Z));

        static double Near(double value) => Math.Round(value, 2) + 0.0;
    }
}
