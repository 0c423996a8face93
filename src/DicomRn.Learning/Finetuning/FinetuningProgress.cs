namespace DicomRn.Learning.Finetuning;

/// <summary>Where a fine-tuning stands.</summary>
/// <param name="Part">What is trained now: a fold, or the model of all development cases.</param>
/// <param name="Done">Share of the whole run, 0 to 1.</param>
/// <param name="Loss">Mean loss of the last epoch; null where there are no epochs.</param>
/// <param name="TimeLeft">At the rate so far.</param>
public sealed record FinetuningProgress(string Part, double Done, double? Loss, TimeSpan TimeLeft);
