namespace DicomRn.Node.Administration.Audit;

/// <summary>Whose data an event was about. Nowhere but in the audit trail.</summary>
/// <param name="Id">Patient ID (0010,0020).</param>
/// <param name="Name">Patient's Name (0010,0010).</param>
internal sealed record AuditPatient(string Id, string Name)
{
    /// <summary>Where no file says who it is.</summary>
    public static readonly AuditPatient Unknown = new("(unknown)", "(unknown)");

    /// <summary>The patient of a data set.</summary>
    public static AuditPatient Of(DicomDataset dataset) => new(
        OrUnknown(dataset.GetSingleValueOrDefault(DicomTag.PatientID, "")),
        OrUnknown(dataset.GetSingleValueOrDefault(DicomTag.PatientName, "")));

    /// <summary>A patient of whom only the ID was read.</summary>
    public static AuditPatient WithId(string id) => new(OrUnknown(id), Unknown.Name);

    // A logged record must not tell.
    public override string ToString() => nameof(AuditPatient);

    private static string OrUnknown(string text) => text.Trim(' ', '\0') is { Length: > 0 } known ? known : Unknown.Id;
}
