namespace DicomRn.Learning.Finetuning;

/// <summary>The sizes of the small 3D convolutional network (cnn): stages that halve the edges, then the mean over what is left.</summary>
public sealed record CnnSettings
{
    /// <summary>
    /// Channels of each stage. A stage halves the edges by a convolution of 3³ voxels with stride 2; all but the first add one with stride 1.
    /// </summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 128];

    /// <summary>Share of the pooled channels dropped in training, 0 to below 1.</summary>
    public double DropoutRate { get; init; }

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        if (Channels.Count is < 1 or > 8 || Channels.Any(c => c is < 1 or > 4096))
            yield return "Channels: 1 to 8 stages of 1 to 4096";
        if (DropoutRate is not (>= 0 and < 1))
            yield return "DropoutRate: 0 to below 1";
    }
}
