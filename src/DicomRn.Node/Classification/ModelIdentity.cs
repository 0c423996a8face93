namespace DicomRn.Node.Classification;

/// <summary>Which model answered.</summary>
/// <param name="Name">Name of the pack.</param>
/// <param name="Version">Version of the pack.</param>
/// <param name="Checksum">SHA-256 of the weights, hexadecimal.</param>
/// <param name="Statement">What it was trained on, one sentence, as every place that shows a result must say.</param>
/// <param name="TrainedOnPhantoms">Whether it has seen no patient.</param>
internal sealed record ModelIdentity(string Name, string Version, string Checksum, string Statement, bool TrainedOnPhantoms);
