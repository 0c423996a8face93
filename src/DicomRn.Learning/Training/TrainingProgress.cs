namespace DicomRn.Learning.Training;

/// <summary>Where a training run stands.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="Loss">Mean loss since the last report.</param>
/// <param name="SamplesPerSecond">Rate since the last report.</param>
/// <param name="ValidationAuc">AUC on the validation set, after an epoch.</param>
/// <param name="TimeLeft">At the present rate.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double SamplesPerSecond, double? ValidationAuc, TimeSpan TimeLeft);
