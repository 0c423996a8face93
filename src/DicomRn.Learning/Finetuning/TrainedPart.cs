namespace DicomRn.Learning.Finetuning;

/// <summary>How much of an encoder is trained on labels.</summary>
public enum TrainedPart
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>The last blocks (<see cref="FinetuningSettings.TrainedBlocks"/>) and the last norm.</summary>
    LastBlocks,

    /// <summary>Nothing of it, only what stands on top: a linear probe.</summary>
    Probe,
}
