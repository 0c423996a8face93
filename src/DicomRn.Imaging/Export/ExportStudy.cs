namespace DicomRn.Imaging.Export;

/// <summary>The General Study Module (PS3.3 C.7.2.1) of exported objects.</summary>
public sealed record ExportStudy
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Study Date and Time.</summary>
    public required DateTime Date { get; init; }

    /// <summary>Study ID, up to 16 characters.</summary>
    public string Id { get; init; } = "";

    /// <summary>Accession Number, up to 16 characters.</summary>
    public string AccessionNumber { get; init; } = "";

    /// <summary>Study Description, up to 64 characters.</summary>
    public string Description { get; init; } = "";
}
