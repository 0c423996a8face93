namespace DicomRn.Fuzzing;

/// <summary>What to run.</summary>
internal sealed record CampaignOptions
{
    /// <summary>The name of a target, or "all".</summary>
    public required string Target { get; init; }

    /// <summary>Executions of each target.</summary>
    public required int Executions { get; init; }

    /// <summary>The seed of the mutations.</summary>
    public required int Seed { get; init; }

    /// <summary>A folder of DICOM files to begin with, besides the built-in seeds; null for none.</summary>
    public string? Corpus { get; init; }

    /// <summary>Where failing inputs are written.</summary>
    public required string Findings { get; init; }
}
