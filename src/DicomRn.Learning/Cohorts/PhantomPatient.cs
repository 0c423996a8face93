namespace DicomRn.Learning.Cohorts;

/// <summary>One patient of a phantom cohort, before anything is rendered.</summary>
/// <param name="Id">Name in the cohort.</param>
/// <param name="Seed">The phantom.</param>
/// <param name="Centre">Whose scanner.</param>
/// <param name="Split">What for.</param>
/// <param name="Classes">The lesions.</param>
/// <param name="Scans">Number of scans.</param>
internal sealed record PhantomPatient(
    string Id, int Seed, Phantoms.PhantomCentre Centre, CohortSplit Split, IReadOnlyList<LesionClass> Classes, int Scans);
