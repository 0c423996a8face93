using System.Globalization;
using DicomRn.Imaging.Anatomy;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>
/// What the images of likely series say where attributes lie or are absent: whether they show a head, and which of two series of the same
/// sequence is the one after contrast agent.
/// </summary>
internal sealed class SeriesImageEvidence(SeriesChoiceSettings settings)
{
    /// <summary>Points for contrast agent of the brighter one of two series.</summary>
    public const double Enhanced = 3;

    /// <summary>Points of a series that is the darker one, or no brighter than one without contrast agent: more than attributes can gather.</summary>
    public const double NotEnhanced = -12;

    // Reading images takes time; beyond the likeliest few nothing is decided.
    private const int MostSeries = 6;

    /// <summary>The ratings, with what the images say.</summary>
    /// <param name="ratings">By attributes.</param>
    /// <param name="files">The study.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<SeriesRating>> AddAsync(
        IReadOnlyList<SeriesRating> ratings, StudyFiles files, CancellationToken cancellationToken)
    {
        if (!settings.ImageCheck)
            return ratings;
        List<(SeriesRating Rating, Volume<float> Image)> seen = [];
        Dictionary<string, List<SeriesEvidence>> found = [];
        foreach (SeriesRating rating in ratings.Where(r => !r.Rejected && r.T1 >= settings.MinimumT1).OrderByDescending(r => r.Score).Take(MostSeries))
        {
            string uid = rating.Series.SeriesInstanceUid;
            try
            {
                SeriesVolume series = await new MatchedVolume(
                    [.. files.MrSeries.First(s => s.Key == uid).Select(f => f.Path).Order(StringComparer.Ordinal)], settings.Stack).ReadAsync(cancellationToken);
                found[uid] = [.. Appearance(rating, HeadAppearance.Of(series.Volume))];
                seen.Add((rating, ContrastEnhancement.Prepare(series.Volume)));
            }
            catch (Exception e) when (e is SeriesGeometryException or DicomException)
            {
                found[uid] = [new(EvidenceKind.Fitness, 0, $"no usable volume: {e.Message}")];
            }
        }

        for (int a = 0; a < seen.Count; a++)
        {
            for (int b = a + 1; b < seen.Count; b++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(seen[a].Rating, seen[a].Image, seen[b].Rating, seen[b].Image, found);
            }
        }

        return [.. ratings.Select(r => found.TryGetValue(r.Series.SeriesInstanceUid, out List<SeriesEvidence>? more) ? r with { Evidence = [.. r.Evidence, .. more] } : r)];
    }

    private static IEnumerable<SeriesEvidence> Appearance(SeriesRating rating, HeadAppearance image)
    {
        yield return image.Verdict switch
        {
            HeadVerdict.Head => new(EvidenceKind.Anatomy, rating.Anatomy == 0 ? 1 : 0, $"the image shows a head ({image.Text})"),
            HeadVerdict.Other => new(EvidenceKind.Anatomy, AnatomyEvidence.OtherBodyPart, $"the image shows no head ({image.Text})"),
            _ => new(EvidenceKind.Anatomy, 0, $"the image alone does not tell whether it is a head ({image.Text})"),
        };
    }

    private void Compare(
        SeriesRating a, Volume<float> imageA, SeriesRating b, Volume<float> imageB, Dictionary<string, List<SeriesEvidence>> found)
    {
        if (a.Series.FrameOfReferenceUid is not { Length: > 0 } frame || frame != b.Series.FrameOfReferenceUid || !ContrastEvidence.SameSequence(a.Series, b.Series))
            return;
        ContrastEnhancement change = ContrastEnhancement.Of(imageA, imageB);
        if (change.Voxels == 0)
            return;
        if (change.IsEnhanced(settings.MinimumEnhancement))
            Add(a, b, change);
        else if (change.IsEnhancedInOther(settings.MinimumEnhancement))
            Add(b, a, new ContrastEnhancement(change.Darker, change.Brighter, change.Voxels));
        else if (b.Contrast < 0 && a.Contrast >= 0)
            Note(a, NotEnhanced, $"no brighter than series {Name(b)}, which is without contrast agent{Figures(change)}");
        else if (a.Contrast < 0 && b.Contrast >= 0)
            Note(b, NotEnhanced, $"no brighter than series {Name(a)}, which is without contrast agent{Figures(change)}");

        void Add(SeriesRating brighter, SeriesRating darker, ContrastEnhancement how)
        {
            Note(brighter, Enhanced, $"enhanced against series {Name(darker)}{Figures(how)}");
            Note(darker, NotEnhanced, $"series {Name(brighter)} is enhanced against it{Figures(how)}");
        }

        void Note(SeriesRating rating, double points, string observation) =>
            found[rating.Series.SeriesInstanceUid].Add(new(EvidenceKind.Contrast, points, observation));
    }

    private static string Figures(ContrastEnhancement change) =>
        string.Create(CultureInfo.InvariantCulture, $" ({change.Brighter * 100:0.0} % of the tissue brighter, {change.Darker * 100:0.0} % darker)");

    private static string Name(SeriesRating rating) => rating.Series.SeriesNumber?.ToString(CultureInfo.InvariantCulture) ?? rating.Series.SeriesInstanceUid;
}
