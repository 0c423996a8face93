namespace DicomRn.Node.Matching;

/// <summary>Patient ID and birth date, which images and contours must have in common as far as both name them.</summary>
/// <param name="PatientId">Patient ID; empty where absent.</param>
/// <param name="BirthDate">Patient's Birth Date; empty where absent.</param>
internal sealed record PatientIdentity(string PatientId, string BirthDate)
{
    /// <summary>The identity in a data set.</summary>
    public static PatientIdentity Of(DicomDataset dataset) => new(Text(dataset, DicomTag.PatientID), Text(dataset, DicomTag.PatientBirthDate));

    /// <summary>The attributes that contradict each other, by name; empty if none.</summary>
    public IReadOnlyList<string> Contradictions(PatientIdentity other)
    {
        List<string> contradictions = [];
        if (Differ(PatientId, other.PatientId))
            contradictions.Add("Patient ID");
        if (Differ(BirthDate, other.BirthDate))
            contradictions.Add("Patient's Birth Date");
        return contradictions;
    }

    private static bool Differ(string a, string b) => a.Length > 0 && b.Length > 0 && a != b;

    private static string Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out string? text) ? text?.Trim() ?? "" : "";
}
