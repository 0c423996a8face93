using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>The SOP classes of results.</summary>
internal static class ResultClasses
{
    /// <summary>The class that results of a kind have.</summary>
    public static DicomUID Of(ResultKind kind) => kind switch
    {
        ResultKind.SR => DicomUID.Comprehensive3DSRStorage,
        ResultKind.SEG => DicomUID.SegmentationStorage,
        ResultKind.SC => DicomUID.SecondaryCaptureImageStorage,
        ResultKind.REG => DicomUID.SpatialRegistrationStorage,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of result"),
    };
}
