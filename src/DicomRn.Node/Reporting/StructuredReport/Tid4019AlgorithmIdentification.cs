namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>
/// TID 4019, Algorithm Identification. Name and version are those of the device (IHE AI Results 6.5.3.1); the model pack
/// stands in the parameters.
/// </summary>
internal static class Tid4019AlgorithmIdentification
{
    /// <summary>The algorithm.</summary>
    public static IEnumerable<ContentItem> Items(ReportedModel model) =>
    [
        ContentItem.Text(ReportCodes.AlgorithmName, ProcessingDevice.ModelName),
        ContentItem.Text(ReportCodes.AlgorithmVersion, ProcessingDevice.SoftwareVersion),
        ContentItem.Text(ReportCodes.AlgorithmParameters, $"Model {model.Name} {model.Version}"),
        .. model.Parameters.Select(p => ContentItem.Text(ReportCodes.AlgorithmParameters, p)),
        ContentItem.Code(ReportCodes.AlgorithmFamily, ReportCodes.ArtificialIntelligence),
    ];
}
