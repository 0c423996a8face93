namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>An MR series as the report names it.</summary>
internal sealed record ReportedSeries
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Series Instance UID.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Frame of Reference UID; null where the images have none.</summary>
    public string? FrameOfReferenceUid { get; init; }

    /// <summary>Study Date, DA; null where unknown.</summary>
    public string? StudyDate { get; init; }

    /// <summary>Rows of an image.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of an image.</summary>
    public required int Columns { get; init; }

    /// <summary>Whether the images were taken, or declared, to be of the brain.</summary>
    public required bool IsBrain { get; init; }

    /// <summary>The instances, in the order of the volume's slices where there is one.</summary>
    public required IReadOnlyList<InstanceReference> Instances { get; init; }
}
