using DicomRn.Node.Pipeline;

namespace DicomRn.Node.State;

/// <summary>Where results go.</summary>
internal interface IResultRouting
{
    /// <summary>Whether any peer receives results.</summary>
    bool HasDestinations { get; }

    /// <summary>Where a result goes: each destination once; none where no route sends it anywhere.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="outcome">How its study ended.</param>
    /// <param name="sources">The AE titles that sent the study's instances.</param>
    /// <param name="now">The time.</param>
    IReadOnlyList<RoutedResult> Route(ResultKind kind, StudyOutcome outcome, IReadOnlyCollection<string> sources, DateTimeOffset now);
}

/// <summary>A destination of a result.</summary>
/// <param name="Destination">Name of the peer.</param>
/// <param name="Routes">The routes that lead there, separated by commas; null where the settings have none.</param>
/// <param name="NotBefore">When the first of them lets it through, if not at once.</param>
internal sealed record RoutedResult(string Destination, string? Routes, DateTimeOffset? NotBefore);
