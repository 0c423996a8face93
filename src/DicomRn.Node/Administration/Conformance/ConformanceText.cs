using System.Text;

namespace DicomRn.Node.Administration.Conformance;

/// <summary>Collects a document in Markdown (CommonMark with tables).</summary>
internal sealed class ConformanceText
{
    private readonly StringBuilder _text = new();

    public void Heading(int level, string title) => _text.Append('\n', _text.Length > 0 ? 1 : 0).Append('#', level).Append(' ').Append(title).Append('\n');

    public void Paragraph(string text) => _text.Append('\n').Append(text).Append('\n');

    public void Table(string[] headings, IEnumerable<string[]> rows)
    {
        _text.Append('\n');
        Row(headings);
        Row([.. headings.Select(_ => "---")]);
        foreach (string[] row in rows)
            Row([.. row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))]);
    }

    public override string ToString() => _text.ToString();

    private void Row(string[] cells) => _text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
