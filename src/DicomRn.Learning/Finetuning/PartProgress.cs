namespace DicomRn.Learning.Finetuning;

/// <summary>Tells the progress of one part of a run as that of the whole run.</summary>
/// <param name="whole">Told.</param>
/// <param name="before">Trainings of the parts before this one.</param>
/// <param name="own">Trainings of this part.</param>
/// <param name="all">Trainings of all parts.</param>
/// <param name="prefix">Stands before the names of what is done.</param>
internal sealed class PartProgress(IProgress<FinetuningProgress> whole, int before, int own, int all, string prefix) : IProgress<FinetuningProgress>
{
    private TimeSpan _perTraining;

    public void Report(FinetuningProgress value)
    {
        // The others are expected to take as long, training by training, as what is left of this part.
        double left = own * (1 - value.Done);
        if (left > 0)
            _perTraining = value.TimeLeft / left;
        double done = before + (own * value.Done);
        whole.Report(value with { Part = prefix + value.Part, Done = Math.Min(1, done / all), TimeLeft = _perTraining * (all - done) });
    }
}
