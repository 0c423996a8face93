namespace DicomRn.Imaging.Registration;

/// <summary>How the search is made. The defaults suit heads in MR and CT.</summary>
public sealed record RegistrationOptions
{
    /// <summary>Random positions on the finest level; more are more exact and slower. 20,000 to 2,000,000.</summary>
    public int Samples { get; init; } = 160_000;

    /// <summary>Fine searches from other beginnings, some mm and degrees away, whose results must agree. 1 to 20.</summary>
    public int Restarts { get; init; } = 3;

    /// <summary>Decides all random positions: the same number, the same result.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>When a result is accepted.</summary>
    public RegistrationGates Gates { get; init; } = new();

    /// <summary>Every setting out of range, as a sentence; empty if there is none.</summary>
    public IEnumerable<string> Errors()
    {
        if (Samples is < 20_000 or > 2_000_000)
            yield return $"{nameof(Samples)} must be 20000 to 2000000, not {Samples}";
        if (Restarts is < 1 or > 20)
            yield return $"{nameof(Restarts)} must be 1 to 20, not {Restarts}";
        foreach (string error in Gates.Errors())
            yield return $"{nameof(Gates)}: {error}";
    }
}
