namespace DicomRn.Learning.Cohorts.Import;

/// <summary>What came of an import.</summary>
/// <param name="Cohort">The cohort as it can be read now.</param>
/// <param name="LeftOut">What is not in it, or not wholly, and why.</param>
/// <param name="Remarks">What a user of the data set must know.</param>
public sealed record ImportResult(Cohort Cohort, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<string> Remarks);
