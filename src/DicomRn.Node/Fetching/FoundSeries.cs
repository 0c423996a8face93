using DicomRn.Node.Reporting;

namespace DicomRn.Node.Fetching;

/// <summary>A series that a source has of the patient, as it describes it; what it does not tell is empty.</summary>
internal sealed record FoundSeries
{
    /// <summary>Study Instance UID.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Study Date, DA.</summary>
    public string StudyDate { get; init; } = "";

    /// <summary>Series Instance UID.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Modality.</summary>
    public string Modality { get; init; } = "";

    /// <summary>Series Description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Manufacturer.</summary>
    public string Manufacturer { get; init; } = "";

    /// <summary>Frame of Reference UID.</summary>
    public string FrameOfReferenceUid { get; init; } = "";

    /// <summary>Number of instances; null where unknown.</summary>
    public int? Instances { get; init; }

    /// <summary>Whether it is said to be a result of this program; of reports that tell nothing of themselves, it may be.</summary>
    public bool IsOurs => Description.EndsWith($"({ReportTexts.SeriesSuffix})", StringComparison.Ordinal)
        || (Modality == "SR" && (Manufacturer == ProcessingDevice.Manufacturer || (Manufacturer.Length == 0 && Description.Length == 0)));

    /// <summary>For people.</summary>
    public override string ToString() => $"{Modality} series {SeriesInstanceUid} of study {StudyInstanceUid}{(StudyDate.Length > 0 ? $" ({StudyDate})" : "")}";
}
