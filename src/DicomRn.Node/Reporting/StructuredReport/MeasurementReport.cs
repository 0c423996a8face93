using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>Everything that the content tree of a report says.</summary>
internal sealed record MeasurementReport
{
    /// <summary>The series that was measured, or the most likely one where none was.</summary>
    public required ReportedSeries Series { get; init; }

    /// <summary>The lesions; empty when the study is not answered.</summary>
    public IReadOnlyList<ReportedLesion> Lesions { get; init; } = [];

    /// <summary>The SEG of the lesions; null without lesions.</summary>
    public InstanceReference? Segmentation { get; init; }

    /// <summary>The model; null when it was not asked.</summary>
    public ReportedModel? Model { get; init; }

    /// <summary>Why the study is not answered, the main reason first; empty when it is.</summary>
    public IReadOnlyList<StudyReason> Reasons { get; init; } = [];

    /// <summary>What a reader should know, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
