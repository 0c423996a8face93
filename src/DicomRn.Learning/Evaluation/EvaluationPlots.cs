using DicomRn.Learning.Plots;

namespace DicomRn.Learning.Evaluation;

/// <summary>ROC curves, reliability and decision curves of each set, as PNG and SVG.</summary>
internal static class EvaluationPlots
{
    public static IReadOnlyList<(string Name, string Caption, byte[] Png)> Write(
        string folder, EvaluationResult result, IReadOnlyList<EvaluatedModel> models)
    {
        List<(string, string, byte[])> written = [];
        string phantoms = result.Settings.Phantoms ? " (phantoms)" : "";
        foreach (IGrouping<PredictedSet, ModelMeasures> set in result.Models.GroupBy(m => m.Set))
        {
            string name = SetName.Of(set.Key);
            Add($"roc-{name}", $"ROC curves, {name}", new LinePlot($"ROC, {name}{phantoms}", "1 - specificity", "sensitivity",
                [.. models.Where(m => m.Set == set.Key).Select(Roc), new PlotLine("", [0, 1], [0, 1], Dashed: true)], Unit: true));
            Add($"calibration-{name}", $"Reliability, {name}", new LinePlot($"Calibration, {name}{phantoms}", "predicted probability of progression", "share of progression",
                [.. set.Select(m => new PlotLine(m.Model, [.. m.Calibration.Bins.Select(b => b.MeanProbability)], [.. m.Calibration.Bins.Select(b => b.Positive.Value)], Markers: true)), new PlotLine("", [0, 1], [0, 1], Dashed: true)], Unit: true));
            Add($"decision-{name}", $"Decision curves, {name}", new LinePlot($"Net benefit, {name}{phantoms}", "threshold probability", "net benefit",
            [
                .. set.Select(m => new PlotLine(m.Model, [.. m.DecisionCurve.Select(d => d.Threshold)], [.. m.DecisionCurve.Select(d => d.Model)])),
                // Further down it says nothing more.
                new PlotLine("treat all", [.. set.First().DecisionCurve.Select(d => d.Threshold)], [.. set.First().DecisionCurve.Select(d => d.TreatAll > -0.2 ? d.TreatAll : double.NaN)], Dashed: true),
                new PlotLine("treat none", [0, 1], [0, 0], Dashed: true),
            ]));
        }

        return written;

        void Add(string name, string caption, LinePlot plot)
        {
            plot.Write(Path.Combine(folder, name));
            written.Add((name, caption, plot.ToPng()));
        }
    }

    /// <summary>The corners of the ROC curve.</summary>
    private static PlotLine Roc(EvaluatedModel model)
    {
        double[] logits = model.Logits;
        bool[] positive = model.Positive;
        double positives = positive.Count(p => p), negatives = positive.Length - positives;
        double[] thresholds = [double.PositiveInfinity, .. logits.Distinct().OrderDescending()];
        return new PlotLine(
            model.Model,
            [.. thresholds.Select(t => Enumerable.Range(0, logits.Length).Count(n => !positive[n] && logits[n] >= t) / negatives)],
            [.. thresholds.Select(t => Enumerable.Range(0, logits.Length).Count(n => positive[n] && logits[n] >= t) / positives)]);
    }
}
