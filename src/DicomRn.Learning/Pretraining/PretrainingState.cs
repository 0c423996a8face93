namespace DicomRn.Learning.Pretraining;

/// <summary>Where a pre-training stands, beside weights and optimiser.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="BestLoss">Lowest validation loss so far.</param>
/// <param name="EpochsSinceBest">Epochs since then.</param>
/// <param name="Stopped">Whether it ended early.</param>
internal sealed record PretrainingState(int Step, double BestLoss, int EpochsSinceBest, bool Stopped)
{
    public static PretrainingState Start { get; } = new(0, double.PositiveInfinity, 0, false);

    public PretrainingState AfterEpoch(double validationLoss, int stopAfterEpochs)
    {
        PretrainingState next = validationLoss < BestLoss
            ? this with { BestLoss = validationLoss, EpochsSinceBest = 0 }
            : this with { EpochsSinceBest = EpochsSinceBest + 1 };
        return next with { Stopped = stopAfterEpochs > 0 && next.EpochsSinceBest >= stopAfterEpochs };
    }
}
