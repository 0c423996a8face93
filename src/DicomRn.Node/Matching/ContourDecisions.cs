namespace DicomRn.Node.Matching;

/// <summary>Gathers what becomes of contours while they are matched. A later word on an object or region replaces the earlier.</summary>
internal sealed class ContourDecisions
{
    private readonly List<ContourDecision> _all = [];
    private readonly Dictionary<string, List<RegionDecision>> _regions = [];

    /// <summary>All, in the order in which they were first met.</summary>
    public IReadOnlyList<ContourDecision> All => [.. _all.Select(d => d with { Regions = [.. _regions[d.SopInstanceUid]] })];

    /// <summary>Notes what becomes of an object.</summary>
    public void Add(ContourSource source, bool used, string why)
    {
        ContourDecision decision = new(source.IsSegmentation ? "Segmentation" : "Structure set", source.File.SopInstanceUid, used, why, []);
        int at = _all.FindIndex(d => d.SopInstanceUid == decision.SopInstanceUid);
        if (at >= 0)
            _all[at] = decision;
        else
            _all.Add(decision);
        _regions.TryAdd(decision.SopInstanceUid, []);
    }

    /// <summary>Notes what becomes of a region.</summary>
    public void Add(ContourSource source, LesionRoi roi, bool used, string why)
    {
        List<RegionDecision> regions = _regions.TryGetValue(source.File.SopInstanceUid, out List<RegionDecision>? known)
            ? known
            : _regions[source.File.SopInstanceUid] = [];
        regions.RemoveAll(r => r.Number == roi.Number);
        regions.Add(new RegionDecision(roi.Number, roi.Name, used, why));
    }
}
