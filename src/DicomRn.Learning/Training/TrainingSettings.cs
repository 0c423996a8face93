namespace DicomRn.Learning.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingSettings
{
    /// <summary>Decides initial weights, order and augmentation.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How often every sample is seen.</summary>
    public int Epochs { get; init; } = 6;

    /// <summary>Samples per update.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Largest learning rate, reached after the warm-up, then falling to 0 along a cosine.</summary>
    public double LearningRate { get; init; } = 5e-4;

    /// <summary>Share of all updates over which the learning rate rises.</summary>
    public double WarmupShare { get; init; } = 0.05;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Gradients are scaled down to this norm.</summary>
    public double LargestGradientNorm { get; init; } = 1;

    /// <summary>Updates between two checkpoints.</summary>
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>
    /// Share of the patches outside the central two thirds of each edge that an update leaves out (PatchDropout; 0 for none): the
    /// lesion lies in the centre, and time goes with the number of patches.
    /// </summary>
    public double OuterPatchDropRate { get; init; }

    /// <summary>Share of the updates, at the end, that see all patches.</summary>
    public double AllPatchesShare { get; init; } = 0.2;

    /// <summary>Weight of the patches' targets beside the lesion's class; needs samples that have them. 0 for none.</summary>
    public double PatchTargetWeight { get; init; }

    /// <summary>Whether samples are turned, mirrored and changed in intensity.</summary>
    public bool Augment { get; init; } = true;
}
