using System.Text.RegularExpressions;

namespace DicomRn.Node.Matching;

/// <summary>
/// Rates the MR series of a study as contrast-enhanced T1 series of the brain. No single attribute is reliable, so
/// several are weighed: a series needs enough points for T1 weighting and for contrast agent and in sum, and nothing
/// that excludes it. The weights stand in <see cref="T1Evidence"/>, <see cref="ContrastEvidence"/>,
/// <see cref="AnatomyEvidence"/> and <see cref="SeriesRejection"/>.
/// </summary>
internal sealed class T1ceScore(SeriesChoiceSettings settings)
{
    private readonly Regex? _sitePattern = settings.T1cePattern is { Length: > 0 } pattern
        ? new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))
        : null;

    /// <summary>Rates every series of a study.</summary>
    /// <param name="study">All MR series.</param>
    /// <param name="contouredSeries">Series Instance UIDs that contours or segmentations of the study reference.</param>
    public IReadOnlyList<SeriesRating> Rate(IReadOnlyList<SeriesAttributes> study, IReadOnlySet<string> contouredSeries) =>
        [.. study.Select(series => Rate(series, study, contouredSeries))];

    private SeriesRating Rate(SeriesAttributes series, IReadOnlyList<SeriesAttributes> study, IReadOnlySet<string> contouredSeries)
    {
        List<SeriesEvidence> evidence = [.. SeriesRejection.Of(series, settings.MinimumImages)];
        evidence.AddRange(T1Evidence.Of(series));
        evidence.AddRange(ContrastEvidence.Of(series, study));
        if (_sitePattern?.IsMatch(series.Names) == true)
        {
            evidence.Add(new(EvidenceKind.T1, settings.MinimumT1, "the name matches the site's T1CE pattern"));
            evidence.Add(new(EvidenceKind.Contrast, Math.Max(settings.MinimumContrast, settings.MinimumScore), "the name matches the site's T1CE pattern"));
        }

        evidence.AddRange(AnatomyEvidence.Of(series));
        if (contouredSeries.Contains(series.SeriesInstanceUid))
            evidence.Add(new(EvidenceKind.Fitness, 1, "contours or segmentations were drawn on it"));
        if (series.SliceThickness is <= 1.5)
            evidence.Add(new(EvidenceKind.Fitness, 0.5, $"slices of {series.SliceThickness:0.##} mm"));
        return new SeriesRating { Series = series, Evidence = evidence };
    }
}
