namespace DicomRn.Node.Administration;

/// <summary>What one check of a node's surroundings found.</summary>
/// <param name="Subject">What was checked: <c>settings</c>, <c>data directory</c>, <c>peer PACS</c> …</param>
/// <param name="IsWell">Whether it will do.</param>
/// <param name="Finding">What was found, in a sentence.</param>
public sealed record CheckResult(string Subject, bool IsWell, string Finding);
