namespace DicomRn.Learning.Finetuning;

/// <summary>The radiomic features that a training has chosen, with its scales.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Columns">Their columns in the table.</param>
/// <param name="Means">Means of the training.</param>
/// <param name="Deviations">Standard deviations of the training.</param>
internal sealed record RadiomicsSelection(
    IReadOnlyList<string> Names, IReadOnlyList<int> Columns, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    /// <summary>Scaled values; one that does not exist is at the training's mean.</summary>
    public double[] Of(double[] row) =>
        [.. Columns.Select((c, n) => double.IsFinite(row[c]) ? (row[c] - Means[n]) / Deviations[n] : 0)];
}
