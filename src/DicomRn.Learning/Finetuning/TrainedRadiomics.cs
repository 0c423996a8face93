using DicomRn.Learning.Classification;
using DicomRn.Learning.Configuration;

namespace DicomRn.Learning.Finetuning;

/// <summary>A classifier on chosen radiomic features.</summary>
internal sealed class TrainedRadiomics(
    RadiomicsTable table, RadiomicsSelection selection, LogisticRegression? regression, BoostedTrees? trees) : ITrainedClassifier
{
    /// <summary>The features it looks at.</summary>
    public IReadOnlyList<string> Features => selection.Names;

    public double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken)
    {
        double[][] rows = [.. chosen.Select(n => selection.Of(table.Rows[n]))];
        return rows.Length == 0 ? [] : regression is not null ? [.. rows.Select(r => regression.Logit(r))] : trees!.Logits(rows);
    }

    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "features.json"), ConfigurationFile.Write(selection));
        if (regression is not null)
            File.WriteAllText(Path.Combine(folder, "regression.json"), ConfigurationFile.Write(regression));
        trees?.Write(Path.Combine(folder, "trees.zip"));
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
