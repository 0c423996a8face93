namespace DicomRn.Learning.Importing;

/// <summary>What a state dict does not say of itself.</summary>
public sealed record StateDictOptions
{
    /// <summary>The axes of the arrays that it was trained on.</summary>
    public SourceAxes Axes { get; init; } = SourceAxes.Ras;

    /// <summary>Attention heads per block; null for one per 64 of the hidden size.</summary>
    public int? Heads { get; init; }

    /// <summary>Whether the lesion's mask is the first of two channels, T1CE the second.</summary>
    public bool MaskFirst { get; init; }

    /// <summary>
    /// The class that means progression, 0 or 1: which of two outputs, or, of a single output, whether high (1) or low (0) values mean it.
    /// </summary>
    public int ProgressionClass { get; init; } = 1;

    /// <summary>Takes only tensors whose names begin so; null for what stands before <c>patch_embedding</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether the classification head is taken over, too.</summary>
    public bool WithHead { get; init; }
}
