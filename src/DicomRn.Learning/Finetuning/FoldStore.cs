using System.Globalization;

namespace DicomRn.Learning.Finetuning;

/// <summary>Logits of the parts of a run that are done; an interrupted run trains only the others, each from its own seed.</summary>
internal sealed class FoldStore(string folder)
{
    /// <summary>The name under which the distances of a part are stored.</summary>
    public static string DistancesOf(string part) => part + ".distances";

    /// <summary>The stored logits (or distances) of cases, or null where there are none.</summary>
    public double[]? TryRead(string part, IReadOnlyList<int> cases)
    {
        string path = PathOf(part);
        if (!File.Exists(path))
            return null;
        string[] lines = File.ReadAllLines(path);
        return lines.Length == cases.Count
            ? [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))]
            : throw new InvalidDataException($"{path} holds {lines.Length} logits for {cases.Count} cases.");
    }

    public void Write(string part, IReadOnlyList<double> logits)
    {
        Directory.CreateDirectory(folder);
        string unfinished = PathOf(part) + ".part";
        File.WriteAllLines(unfinished, logits.Select(z => z.ToString("R", CultureInfo.InvariantCulture)));
        File.Move(unfinished, PathOf(part), overwrite: true);
    }

    private string PathOf(string part) => Path.Combine(folder, part + ".txt");
}
