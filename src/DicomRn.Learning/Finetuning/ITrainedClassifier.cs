namespace DicomRn.Learning.Finetuning;

/// <summary>A classifier that has been trained.</summary>
internal interface ITrainedClassifier : IDisposable
{
    /// <summary>Logits of cases, above 0 for progression.</summary>
    double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken);

    /// <summary>Writes what it has learnt into a folder.</summary>
    void Write(string folder);
}
