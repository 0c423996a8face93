using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>A lesion as the report shows it.</summary>
internal sealed record ReportedLesion
{
    /// <summary>What is known of the lesion.</summary>
    public required LesionResult Result { get; init; }

    /// <summary>Number of its segment in the SEG that goes with the report.</summary>
    public required int SegmentNumber { get; init; }

    /// <summary>Number of the segment of its planning mask there; null where the model saw that.</summary>
    public int? PlanningSegmentNumber { get; init; }

    /// <summary>
    /// The outline on the slice of largest area and, for a lone lesion, on the next largest: PixelMed's DicomSRValidator takes every
    /// group of a report with exactly one outline for a planar one and reports two false errors.
    /// </summary>
    public required IReadOnlyList<LesionOutline> Outlines { get; init; }
}
