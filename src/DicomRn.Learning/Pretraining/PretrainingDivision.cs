using DicomRn.Learning.Training;

namespace DicomRn.Learning.Pretraining;

/// <summary>Which sub-volumes are learnt from and which ones the loss is only measured on: some patients, never single scans.</summary>
/// <param name="Training">Numbers of the former.</param>
/// <param name="Validation">Numbers of the latter.</param>
internal sealed record PretrainingDivision(IReadOnlyList<int> Training, IReadOnlyList<int> Validation)
{
    /// <param name="patients">The patient of each sub-volume.</param>
    /// <param name="settings">Share held out, batch size, seed.</param>
    /// <exception cref="ArgumentException">There are too few sub-volumes for a batch.</exception>
    public static PretrainingDivision Of(IReadOnlyList<string> patients, PretrainingSettings settings)
    {
        string[] distinct = [.. patients.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        HashSet<string> heldOut = [.. SampleOrder.Of(distinct.Length, settings.Seed, -1)
            .Take((int)Math.Round(settings.ValidationShare * distinct.Length)).Select(n => distinct[n])];
        int[] all = [.. Enumerable.Range(0, patients.Count)];
        PretrainingDivision division = new([.. all.Where(n => !heldOut.Contains(patients[n]))], [.. all.Where(n => heldOut.Contains(patients[n]))]);
        if (division.Training.Count < settings.BatchSize)
            throw new ArgumentException($"{patients.Count} sub-volumes do not fill a batch of {settings.BatchSize}.");
        if (settings.ValidationShare > 0 && division.Validation.Count < settings.BatchSize)
        {
            throw new ArgumentException(
                $"A ValidationShare of {settings.ValidationShare:0.###} of {distinct.Length} patients does not fill a batch of {settings.BatchSize}.");
        }

        return division;
    }
}
