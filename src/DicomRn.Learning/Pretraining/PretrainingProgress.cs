namespace DicomRn.Learning.Pretraining;

/// <summary>Where a pre-training stands.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="Loss">Mean loss since the last report.</param>
/// <param name="ValidationLoss">Loss on the patients held out, after an epoch.</param>
/// <param name="SubVolumesPerSecond">Rate since the last report.</param>
/// <param name="TimeLeft">At the present rate, without early stopping.</param>
public sealed record PretrainingProgress(
    int Step, int Steps, double Loss, double? ValidationLoss, double SubVolumesPerSecond, TimeSpan TimeLeft);
