namespace DicomRn.Imaging.Export;

/// <summary>The Patient Module (PS3.3 C.7.1.1) of exported objects.</summary>
public sealed record ExportPatient
{
    /// <summary>Patient's Name in DICOM form, <c>Family^Given</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Patient ID.</summary>
    public required string Id { get; init; }

    /// <summary>Patient's Birth Date; null is written empty.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Patient's Sex: M, F, O or empty.</summary>
    public string Sex { get; init; } = "";

    /// <summary>Whether the subject is a phantom: Quality Control Subject (0010,0200) is then YES.</summary>
    public bool IsPhantom { get; init; }
}
