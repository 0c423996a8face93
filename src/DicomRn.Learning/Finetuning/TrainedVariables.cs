using DicomRn.Learning.Classification;
using DicomRn.Learning.Configuration;

namespace DicomRn.Learning.Finetuning;

/// <summary>A logistic regression on encoded variables.</summary>
internal sealed class TrainedVariables(ClinicalEncoding encoding, LogisticRegression regression) : ITrainedClassifier
{
    public static double[] Features(ClinicalEncoding encoding, LesionCases cases, int index) =>
        [.. encoding.Encode(cases.Entries[index].Clinical, cases.VolumesMm3[index]).Select(v => (double)v)];

    public double[] Logits(LesionCases cases, IReadOnlyList<int> chosen, CancellationToken cancellationToken) =>
        [.. chosen.Select(n => regression.Logit(Features(encoding, cases, n)))];

    public void Write(string folder) => File.WriteAllText(Path.Combine(folder, "regression.json"), ConfigurationFile.Write(regression));

    public void Dispose()
    {
        // Nothing is held.
    }
}
