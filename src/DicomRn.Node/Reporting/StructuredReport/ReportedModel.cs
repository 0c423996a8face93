namespace DicomRn.Node.Reporting.StructuredReport;

/// <summary>The model as the report names it.</summary>
/// <param name="Name">Name of the pack.</param>
/// <param name="Version">Version of the pack.</param>
/// <param name="Parameters">Each a short text: checksum, thresholds, standing of the model.</param>
internal sealed record ReportedModel(string Name, string Version, IReadOnlyList<string> Parameters);
