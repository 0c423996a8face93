namespace DicomRn.Node.Pipeline;

/// <summary>Why the lesions were taken from a structure set or segmentation, or not.</summary>
/// <param name="Kind">Structure set or Segmentation.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="Used">Whether they were.</param>
/// <param name="Why">Why.</param>
/// <param name="Regions">Its regions, where it was looked at.</param>
public sealed record ContourExplanation(string Kind, string SopInstanceUid, bool Used, string Why, IReadOnlyList<RegionExplanation> Regions);

/// <summary>Why a region is a lesion of the result, or not.</summary>
/// <param name="Number">ROI or segment number.</param>
/// <param name="Name">ROI name or segment label.</param>
/// <param name="Used">Whether it is.</param>
/// <param name="Why">Why.</param>
public sealed record RegionExplanation(int Number, string Name, bool Used, string Why);
