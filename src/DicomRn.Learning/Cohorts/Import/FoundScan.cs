namespace DicomRn.Learning.Cohorts.Import;

/// <summary>A scan of a data set.</summary>
/// <param name="Patient">Its patient.</param>
/// <param name="Name">A name that is unique in the data set and fit for a file name.</param>
/// <param name="TimePoint">1 for the patient's first scan.</param>
/// <param name="Days">Days since the patient's first scan, if known.</param>
/// <param name="Image">The T1 with contrast agent.</param>
/// <param name="Segmentation">Lesions, if segmented.</param>
internal sealed record FoundScan(string Patient, string Name, int TimePoint, double? Days, string Image, string? Segmentation);
