using System.Globalization;

namespace DicomRn.Learning.Training;

/// <summary>The course of a run, read from its CSV.</summary>
internal sealed class MetricsTable
{
    private readonly string[] _columns;
    private readonly double[][] _rows;

    private MetricsTable(string[] columns, double[][] rows) => (_columns, _rows) = (columns, rows);

    /// <summary>The rows, NaN where a value was not measured.</summary>
    public IReadOnlyList<double[]> Rows => _rows;

    /// <summary>A column by its name.</summary>
    public IReadOnlyList<double> this[string column]
    {
        get
        {
            int at = Array.IndexOf(_columns, column);
            return at >= 0 ? [.. _rows.Select(r => r[at])] : throw new ArgumentException($"There is no column {column}.", nameof(column));
        }
    }

    /// <exception cref="InvalidDataException">The file has no column names.</exception>
    public static MetricsTable Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0)
            throw new InvalidDataException($"{path} is empty.");
        string[] columns = lines[0].Split(',');
        // An interrupted write leaves a row that is not whole.
        return new MetricsTable(columns, [.. lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells.Length == columns.Length)
            .Select(cells => cells.Select(c => c.Length == 0 ? double.NaN : double.Parse(c, CultureInfo.InvariantCulture)).ToArray())]);
    }
}
