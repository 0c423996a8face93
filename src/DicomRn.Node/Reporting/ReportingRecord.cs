using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>What was written, <c>reporting.json</c>.</summary>
internal sealed record ReportingRecord
{
    /// <summary>Name of the record in the work folder.</summary>
    public const string FileName = "reporting.json";

    /// <summary>Digest of the records before and the settings that it was made for.</summary>
    public required string Key { get; init; }

    /// <summary>How the study ended.</summary>
    public required StudyResult Result { get; init; }
}
