namespace DicomRn.Imaging.Export;

/// <summary>The General Series Module (PS3.3 C.7.3.1) of exported objects.</summary>
public sealed record ExportSeries
{
    /// <summary>Series Instance UID.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Series Number.</summary>
    public required int Number { get; init; }

    /// <summary>Series Description, up to 64 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Series Date and Time, also of acquisition and content.</summary>
    public required DateTime Date { get; init; }

    /// <summary>Protocol Name; empty is left out.</summary>
    public string ProtocolName { get; init; } = "";

    /// <summary>Body Part Examined, such as BRAIN; empty is left out.</summary>
    public string BodyPart { get; init; } = "";

    /// <summary>Patient Position, such as HFS; empty is written empty.</summary>
    public string PatientPosition { get; init; } = "";
}
