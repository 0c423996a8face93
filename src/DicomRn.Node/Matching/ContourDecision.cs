namespace DicomRn.Node.Matching;

/// <summary>What became of a structure set or segmentation, for people.</summary>
/// <param name="Kind">Structure set or Segmentation.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="Used">Whether the lesions come from it.</param>
/// <param name="Why">Why it was taken, or not.</param>
/// <param name="Regions">What became of each of its regions, where it was looked at.</param>
internal sealed record ContourDecision(string Kind, string SopInstanceUid, bool Used, string Why, IReadOnlyList<RegionDecision> Regions);

/// <summary>What became of a region.</summary>
/// <param name="Number">ROI or segment number.</param>
/// <param name="Name">ROI name or segment label.</param>
/// <param name="Used">Whether it is a lesion of the result.</param>
/// <param name="Why">Why it is, or not.</param>
internal sealed record RegionDecision(int Number, string Name, bool Used, string Why);
