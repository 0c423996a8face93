using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Matching;

/// <summary>Chooses among rated series.</summary>
internal sealed class T1ceSelection(SeriesChoiceSettings settings)
{
    /// <summary>The choice, or the reasons why there is none.</summary>
    /// <param name="ratings">All MR series of the study; at least one.</param>
    /// <param name="assumed">The series that a person declared to be the T1CE series of a brain; null otherwise.</param>
    /// <exception cref="InvalidDataException">The declared series is not in the study.</exception>
    public SeriesChoice Choose(IReadOnlyList<SeriesRating> ratings, string? assumed)
    {
        if (assumed is not null)
            return Declared(ratings, assumed);

        SeriesRating[] ordered = [.. ratings.OrderByDescending(r => r.Score)];
        SeriesRating[] fit = [.. ordered.Where(Qualifies)];
        if (fit.Length == 0)
            return new SeriesChoice { Reasons = [.. WhyNone(ordered)] };

        SeriesRating[] tied = [.. fit.Where(r => fit[0].Score - r.Score <= settings.TieMargin)];
        if (tied.Length == 1)
            return new SeriesChoice { Chosen = fit[0] };

        string uids = string.Join(", ", tied.Select(Name));
        return BreakTie(tied) is { } winner
            ? new SeriesChoice
            {
                Chosen = winner,
                Notes = [$"Series {uids} score alike; series {Name(winner)} was taken because it {(settings.Tie == SeriesTieRule.Thinnest ? "has the thinnest slices" : "was acquired last")}."],
            }
            : new SeriesChoice { Reasons = [ReasonCodes.Reason(CannotAnswerReason.AmbiguousSeries, $"Series {uids} are equally likely to be the contrast-enhanced T1 series.")] };
    }

    private SeriesChoice Declared(IReadOnlyList<SeriesRating> ratings, string uid)
    {
        SeriesRating series = ratings.FirstOrDefault(r => r.Series.SeriesInstanceUid == uid)
            ?? throw new InvalidDataException($"Series {uid}, declared as the contrast-enhanced T1 series, is not an MR series of this study.");
        List<string> notes = [$"Series {Name(series)} was declared by the user to be the contrast-enhanced T1 series of a brain; the program did not decide it."];
        if (!Qualifies(series))
            notes.Add($"Its attributes do not show that: {string.Join("; ", Doubts(series))}.");
        return new SeriesChoice { Chosen = series, Assumed = true, Notes = notes };
    }

    private bool Qualifies(SeriesRating r) =>
        !r.Rejected && r.T1 >= settings.MinimumT1 && r.Contrast >= settings.MinimumContrast && r.Anatomy >= 0 && r.Score >= settings.MinimumScore;

    private SeriesRating? BreakTie(SeriesRating[] tied)
    {
        SeriesRating[] best = settings.Tie switch
        {
            SeriesTieRule.Thinnest => [.. tied.GroupBy(r => Math.Round(r.Series.SliceThickness ?? double.MaxValue, 2)).MinBy(g => g.Key)!],
            SeriesTieRule.Latest => [.. tied.GroupBy(r => r.Series.AcquiredAt ?? DateTime.MinValue).MaxBy(g => g.Key)!],
            _ => tied,
        };
        return best.Length == 1 ? best[0] : null;
    }

    private IEnumerable<StudyReason> WhyNone(SeriesRating[] ordered)
    {
        SeriesRating best = ordered[0];
        if (ordered.Any(r => r.Anatomy < 0) && ordered.All(r => r.Anatomy <= 0))
        {
            string seen = ordered.SelectMany(r => r.Evidence).First(e => e is { Kind: EvidenceKind.Anatomy, Points: < 0 }).Observation;
            yield return ReasonCodes.Reason(CannotAnswerReason.NotABrain, $"The images are not of a brain: {seen}.");
        }

        yield return ReasonCodes.Reason(
            CannotAnswerReason.NoContrastEnhancedT1,
            $"None of {ordered.Length} MR series shows enough evidence of contrast-enhanced T1 weighting; "
            + $"the most likely, series {Name(best)}, scores {best.Score:0.#}: {string.Join("; ", Doubts(best))}.");
    }

    private IEnumerable<string> Doubts(SeriesRating r)
    {
        foreach (SeriesEvidence e in r.Evidence.Where(e => e.Kind == EvidenceKind.Rejection || e.Points < 0))
            yield return e.Observation;
        if (r.T1 < settings.MinimumT1)
            yield return $"{r.T1:0.#} of {settings.MinimumT1:0.#} points for T1 weighting";
        if (r.Contrast < settings.MinimumContrast)
            yield return $"{r.Contrast:0.#} of {settings.MinimumContrast:0.#} points for contrast agent";
        if (r.Score < settings.MinimumScore)
            yield return $"{r.Score:0.#} of {settings.MinimumScore:0.#} points in all";
    }

    private static string Name(SeriesRating r) => r.Series.SeriesNumber is { } number ? $"{number}" : r.Series.SeriesInstanceUid;
}
