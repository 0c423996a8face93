namespace DicomRn.Node.Matching;

/// <summary>
/// What tells patients apart: objects of one patient must have it in common as far as both name it. What one does not name is not
/// different, and is told by <see cref="NotCompared"/>.
/// </summary>
/// <param name="PatientId">Patient ID; empty where absent.</param>
/// <param name="Issuer">Issuer of Patient ID; empty where absent.</param>
/// <param name="BirthDate">Patient's Birth Date, YYYYMMDD; empty where absent.</param>
/// <param name="Sex">Patient's Sex; empty where absent.</param>
internal sealed record PatientIdentity(string PatientId, string Issuer, string BirthDate, string Sex)
{
    /// <summary>The identity in a data set.</summary>
    public static PatientIdentity Of(DicomDataset dataset) => new(
        Text(dataset, DicomTag.PatientID),
        Text(dataset, DicomTag.IssuerOfPatientID),
        // ACR-NEMA wrote dots.
        Text(dataset, DicomTag.PatientBirthDate).Replace(".", "", StringComparison.Ordinal),
        Text(dataset, DicomTag.PatientSex).ToUpperInvariant());

    /// <summary>The attributes that contradict each other, by name; empty if none.</summary>
    public IReadOnlyList<string> Contradictions(PatientIdentity other) =>
        [.. Compare(other).Where(a => a.Mine.Length > 0 && a.Other.Length > 0 && a.Mine != a.Other).Select(a => a.Name)];

    /// <summary>The attributes that one names and the other does not, by name; empty if none.</summary>
    public IReadOnlyList<string> NotCompared(PatientIdentity other) =>
        [.. Compare(other).Where(a => a.Mine.Length > 0 != a.Other.Length > 0).Select(a => a.Name)];

    private (string Name, string Mine, string Other)[] Compare(PatientIdentity other) =>
    [
        ("Patient ID", PatientId, other.PatientId),
        ("Issuer of Patient ID", Issuer, other.Issuer),
        ("Patient's Birth Date", BirthDate, other.BirthDate),
        ("Patient's Sex", Sex, other.Sex),
    ];

    private static string Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out string? text) ? text?.Trim(' ', '\0') ?? "" : "";
}
