namespace DicomRn.Learning.Cohorts;

/// <summary>What is true of one lesion on one scan of a phantom cohort: a row of <c>truth.csv</c>, which no training reads.</summary>
/// <param name="Patient">As in <c>cohort.csv</c>.</param>
/// <param name="Lesion">As in <c>cohort.csv</c>, but never empty.</param>
/// <param name="TimePoint">As in <c>cohort.csv</c>.</param>
/// <param name="Class">What it was made as, also of unlabelled ones.</param>
/// <param name="NecroticShare">Share of its surface that looks as necrosis does, 0 to 1.</param>
/// <param name="RadiusMm">Radius it was made with, mm.</param>
/// <param name="Signal">File with 1 where it looks as necrosis does and 2 where as tumour does, on the image's grid; labelled index
/// scans only, else empty.</param>
internal sealed record PhantomLesionRow(
    string Patient, string Lesion, int TimePoint, LesionClass Class, double NecroticShare, double RadiusMm, string Signal);
