namespace DicomRn.Fuzzing;

/// <summary>What came of a campaign against one target.</summary>
internal sealed class CampaignResult
{
    /// <summary>Executions done.</summary>
    public int Executions { get; set; }

    /// <summary>Inputs that the parser took.</summary>
    public int Accepted { get; set; }

    /// <summary>Inputs that the parser refused with a documented exception.</summary>
    public int Refused { get; set; }

    /// <summary>Inputs in the corpus at the end.</summary>
    public int Corpus { get; set; }

    /// <summary>The most that an execution allocated beyond the bound's constant, for each byte of input.</summary>
    public double LargestFactor { get; set; }

    /// <summary>The most that an execution allocated, in bytes.</summary>
    public long LargestAllocation { get; set; }

    /// <summary>The longest execution.</summary>
    public TimeSpan LongestExecution { get; set; }

    /// <summary>One of each kind and place.</summary>
    public List<Finding> Findings { get; } = [];
}
