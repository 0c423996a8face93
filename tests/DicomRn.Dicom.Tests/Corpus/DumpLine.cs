using System.Text.RegularExpressions;

namespace DicomRn.Dicom.Tests.Corpus;

/// <summary>An element as a dump shows it, ours or dcmdump's.</summary>
/// <param name="Vr">Value representation; "pi" for the items of encapsulated pixel data.</param>
/// <param name="Length">Value length; null where it is that of a sequence.</param>
/// <param name="Vm">Number of values.</param>
/// <param name="Value">What is shown of the value.</param>
internal sealed partial record DumpLine(string Vr, int? Length, int Vm, string Value)
{
    /// <summary>The data set of a dump, elements by their path.</summary>
    public static Dictionary<string, DumpLine> Read(IEnumerable<string> lines)
    {
        Dictionary<string, DumpLine> elements = new(StringComparer.Ordinal);
        List<string> path = [];
        int item = 0;
        List<int> items = [];
        foreach (string line in lines)
        {
            int depth = (line.Length - line.TrimStart(' ').Length) / 2;
            if (IsItem(line))
            {
                Cut(depth);
                item = items.Count == depth ? items[^1] + 1 : 1;
                items = [.. items.Take(depth - 1), item];
                path[^1] = $"{path[^1].Split('[')[0]}[{item}]";
                continue;
            }

            if (Line().Match(line) is not { Success: true } match || match.Groups["tag"].Value.StartsWith("(fffe", StringComparison.Ordinal)
                || match.Groups["tag"].Value.StartsWith("(0002", StringComparison.Ordinal))
            {
                continue;
            }

            Cut(depth);
            if (items.Count > depth / 2)
                items = [.. items.Take(depth / 2)];
            string tag = match.Groups["tag"].Value;
            string key = string.Concat(path.Where(static p => p.Length > 0).Select(static p => p + "/")) + tag;
            elements[key] = new DumpLine(
                match.Groups["vr"].Value,
                int.TryParse(match.Groups["length"].Value, out int length) && match.Groups["vr"].Value != "SQ" ? length : null,
                int.Parse(match.Groups["vm"].Value, null),
                match.Groups["value"].Value);
            path.Add(tag);
        }

        return elements;

        // Elements lie at even depths, items at odd ones.
        void Cut(int depth)
        {
            int keep = (depth + 1) / 2;
            while (path.Count > keep)
                path.RemoveAt(path.Count - 1);
        }

        static bool IsItem(string line) => ItemLine().IsMatch(line);
    }

    [GeneratedRegex(@"^ *(?<tag>\([0-9a-f]{4},[0-9a-f]{4}\)) (?<vr>..) (?<value>.*?) +# +(?<length>[^,]+), *(?<vm>\d+) ", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^ +(\(fffe,e000\) na|item \d+$)")]
    private static partial Regex ItemLine();
}
