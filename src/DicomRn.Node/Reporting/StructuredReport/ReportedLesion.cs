using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>A lesion as the report shows it.</summary>
internal sealed record ReportedLesion
{
    /// <summary>What is known of the lesion.</summary>
    public required LesionResult Result { get; init; }

    /// <summary>Number of its segment in the SEG that goes with the report.</summary>
    public required int SegmentNumber { get; init; }

    /// <summary>The slice of largest area.</summary>
    public required ImageReference LargestSlice { get; init; }

    /// <summary>Closed outline on that slice: columns and rows from the upper left corner of the image.</summary>
    public required IReadOnlyList<(float Column, float Row)> Outline { get; init; }

    /// <summary>Area on that slice, mm².</summary>
    public required double AreaMm2 { get; init; }
}
