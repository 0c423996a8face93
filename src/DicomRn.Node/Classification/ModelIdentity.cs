namespace DicomRn.Node.Classification;

/// <summary>Which model answered.</summary>
/// <param name="Name">Name of the pack.</param>
/// <param name="Version">Version of the pack.</param>
/// <param name="Checksum">SHA-256 of its manifest, which holds that of every file; hexadecimal.</param>
/// <param name="TrainingData">What it was trained on, one sentence.</param>
/// <param name="TrainedOnPhantoms">Whether it has seen no patient.</param>
/// <param name="Rule">How it decides by itself, one sentence.</param>
internal sealed record ModelIdentity(
    string Name, string Version, string Checksum, string TrainingData, bool TrainedOnPhantoms, string Rule);
