namespace DicomRn.Learning.Finetuning;

/// <summary>A classifier that has been trained.</summary>
internal interface ITrainedClassifier : IDisposable
{
    /// <summary>Logits of cases, above 0 for progression.</summary>
    double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken);

    /// <summary>Distances of cases to those that it was trained on, in its own embedding; null where it has none.</summary>
    double[]? Distances(LesionCases cases, IReadOnlyList<int> training, IReadOnlyList<int> chosen, CancellationToken cancellationToken) => null;

    /// <summary>Writes what it has learnt into a folder.</summary>
    void Write(string folder);
}
