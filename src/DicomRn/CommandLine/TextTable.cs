namespace DicomRn.CommandLine;

/// <summary>A table of text with aligned columns, the same on a terminal and in a pipe.</summary>
/// <param name="headings">The headings of the columns; one that begins with <c>&gt;</c> aligns its column to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">The row has not as many cells as there are headings.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"{cells.Length} cells in a table of {headings.Length} columns.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>Writes heading and rows.</summary>
    public void Write(TextWriter output)
    {
        string[] titles = [.. headings.Select(h => h.TrimStart('>'))];
        int[] widths = [.. titles.Select((title, column) => _rows.Select(r => r[column].Length).Append(title.Length).Max())];
        WriteRow(titles);
        WriteRow([.. widths.Select(w => new string('-', w))]);
        _rows.ForEach(WriteRow);

        void WriteRow(string[] cells) => output.WriteLine(string.Join(Gap, cells.Select(Pad)).TrimEnd());

        string Pad(string cell, int column) =>
            headings[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]);
    }
}
