using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Statistics;
using DicomRn.Learning.Training;
using static TorchSharp.torch;

namespace DicomRn.Learning.Importing;

/// <summary>Calibrates a model on the development cases of a cohort and measures it on the others.</summary>
internal static class CohortCalibration
{
    private const int FewestPerClass = 5;
    private const int Folds = 5;

    private sealed record Score(CohortEntry Entry, double Logit, float[] Embedding, double VolumeMm3)
    {
        public bool IsProgression => Entry.Label == LesionClass.Progression;
    }

    public static async Task<PackCalibration> FitAsync(
        ImportedModel model, PreprocessingSettings preprocessing, Cohort cohort, double errorRate, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        CohortEntry[] development = [.. cohort.Cases(CohortSplit.Development)];
        int positives = development.Count(e => e.Label == LesionClass.Progression);
        if (positives < FewestPerClass || development.Length - positives < FewestPerClass || development.Select(e => e.Patient).Distinct().Count() < Folds)
        {
            throw new CohortException(cohort.Folder,
                $"calibration takes {FewestPerClass} development lesions of each class and {Folds} patients; there are {development.Length - positives} of necrosis, {positives} of progression");
        }

        CohortEntry[] all = [.. development, .. cohort.Cases(CohortSplit.HeldOut), .. cohort.Cases(CohortSplit.External)];
        using VisionTransformer network = new(model.Configuration);
        network.Import(model.Weights);
        network.eval();
        List<Score> scores = [];
        foreach (CohortEntry entry in all)
        {
            scores.Add(Of(network, entry, await CohortCrops.CropAsync(entry, preprocessing, cancellationToken)));
            progress?.Report((double)scores.Count / all.Length);
        }

        return Conclude(cohort, [.. scores.Take(development.Length)], [.. scores.Skip(development.Length)], errorRate);
    }

    private static PackCalibration Conclude(Cohort cohort, Score[] development, Score[] tests, double errorRate)
    {
        double[] logits = [.. development.Select(s => s.Logit)];
        bool[] labels = [.. development.Select(s => s.IsProgression)];
        Calibration calibration = ScoreCalibration.Fit(logits, labels);
        double[] probabilities = [.. logits.Select(z => 1 / (1 + Math.Exp(-z / calibration.Temperature)))];
        return new PackCalibration(
            calibration,
            ScoreCalibration.Decide(probabilities, labels, errorRate),
            NoveltyRule.Of(Unseen(development), development.Length),
            EmbeddingDistance.Fit([.. development.Select(s => s.Embedding)]),
            [.. tests.GroupBy(s => s.Entry.Split).OrderBy(g => g.Key).SelectMany(g => Measure($"{Path.GetFileName(cohort.Folder)}, {CohortValues.Of(g.Key)}", [.. g]))]);
    }

    /// <summary>Distances of lesions to those of other patients: to its own a lesion would look nearer than a new one will.</summary>
    private static IEnumerable<double> Unseen(Score[] development)
    {
        string[] patients = [.. development.Select(s => s.Entry.Patient).Distinct()];
        for (int fold = 0; fold < Folds; fold++)
        {
            HashSet<string> left = [.. patients.Where((_, n) => n % Folds == fold)];
            EmbeddingDistance others = EmbeddingDistance.Fit([.. development.Where(s => !left.Contains(s.Entry.Patient)).Select(s => s.Embedding)]);
            foreach (Score score in development.Where(s => left.Contains(s.Entry.Patient)))
                yield return others.Of(score.Embedding);
        }
    }

    private static IEnumerable<MeasuredFigure> Measure(string cohort, Score[] scores)
    {
        bool[] labels = [.. scores.Select(s => s.IsProgression)];
        if (labels.Count(l => l) < 2 || labels.Count(l => !l) < 2)
            yield break;
        yield return MeasuredFigure.Of(cohort, MeasuredFigure.Model, RocAuc.DeLong([.. scores.Select(s => s.Logit)], labels));
        yield return MeasuredFigure.Of(cohort, MeasuredFigure.VolumeControl, RocAuc.DeLong([.. scores.Select(s => s.VolumeMm3)], labels));
    }

    private static Score Of(VisionTransformer network, CohortEntry entry, LesionCrop crop)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        (Tensor logits, Tensor embedding) = network.Embed(LesionInput.Of(crop, network.Configuration.InChannels, CPU));
        return new Score(entry, logits.item<float>(), embedding.contiguous().data<float>().ToArray(), crop.VolumeMm3);
    }
}
