using System.Globalization;

namespace DicomRn.Learning.Training;

/// <summary>
/// The course of a run as CSV, one row per report, the first column the number of updates done. A resumed run drops the rows after its
/// checkpoint, so that every update is told once.
/// </summary>
internal sealed class MetricsLog
{
    private readonly string _path;

    /// <param name="path">The file.</param>
    /// <param name="columns">Names of the columns; the first is <c>step</c>.</param>
    /// <param name="resumedAt">Updates done in the run that is carried on; 0 for a new one.</param>
    public MetricsLog(string path, IReadOnlyList<string> columns, int resumedAt)
    {
        _path = path;
        Columns = columns;
        IEnumerable<double[]> kept = resumedAt > 0 && File.Exists(path) ? MetricsTable.Read(path).Rows.Where(row => row[0] <= resumedAt) : [];
        File.WriteAllLines(path, [string.Join(',', columns), .. kept.Select(Text)]);
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Appends a row; null for what was not measured.</summary>
    public void Add(params double?[] values)
    {
        if (values.Length != Columns.Count)
            throw new ArgumentException($"{values.Length} values for {Columns.Count} columns.", nameof(values));
        double[] row = [.. values.Select(v => v ?? double.NaN)];
        File.AppendAllText(_path, Text(row) + Environment.NewLine);
    }

    private static string Text(double[] row) =>
        string.Join(',', row.Select(v => double.IsNaN(v) ? "" : v.ToString("G7", CultureInfo.InvariantCulture)));
}
