namespace DicomRn.Learning.Finetuning;

/// <summary>How a kind of classifier is trained. Whatever is chosen or scaled by data is by the training cases alone.</summary>
internal interface IClassifierTraining
{
    /// <summary>Trains on some of the cases; the same seed gives the same classifier on one device.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="training">The indices of those that may be looked at.</param>
    /// <param name="seed">Decides all that is random.</param>
    /// <param name="progress">Share done, 0 to 1, and the mean loss.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ITrainedClassifier Train(
        LesionCases cases, IReadOnlyList<int> training, int seed, IProgress<(double Done, double Loss)>? progress, CancellationToken cancellationToken);
}
