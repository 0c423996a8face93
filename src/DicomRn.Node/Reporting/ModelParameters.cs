using DicomRn.Node.Classification;

namespace DicomRn.Node.Reporting;

/// <summary>What the SR says of the model under Algorithm Parameters.</summary>
internal static class ModelParameters
{
    /// <summary>Checksum, rule and standing.</summary>
    public static IReadOnlyList<string> Of(ClassificationRecord classification) =>
    [
        $"Pack SHA-256 {classification.Model.Checksum}",
        classification.Rule,
        ReportTexts.Of(classification.Model),
    ];
}
