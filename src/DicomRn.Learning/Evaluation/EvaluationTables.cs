using System.Globalization;
using CsvHelper;

namespace DicomRn.Learning.Evaluation;

/// <summary>The measures as CSV.</summary>
internal static class EvaluationTables
{
    public static void Write(string folder, EvaluationResult result)
    {
        Table(
            Path.Combine(folder, "table.csv"),
            [
                "set", "model", "patients", "n", "progression", "auc", "low", "high", "patient_low", "patient_high", "p", "sensitivity", "specificity",
                "ppv", "npv", "brier", "slope", "intercept", "ece", "decided", "decided_rightly",
            ],
            result.Models.Select(m => new object?[]
            {
                SetName.Of(m.Set), m.Model, m.Patients, m.Auc.Positives + m.Auc.Negatives, m.Auc.Positives, m.Auc.Auc, m.Auc.Low, m.Auc.High,
                m.AucByPatient.Low, m.AucByPatient.High, P(result, m), (m.AtDevelopmentThreshold ?? m.AtSpecificity).Sensitivity.Value,
                (m.AtDevelopmentThreshold ?? m.AtSpecificity).Specificity.Value, m.PositivePredictiveValue, m.NegativePredictiveValue, m.Brier.Value,
                m.Slope.Value, m.Intercept.Value, m.ExpectedCalibrationError.Value, m.Decided.Value, m.DecidedRightly.Value,
            }));
        Table(
            Path.Combine(folder, "subgroups.csv"),
            ["set", "model", "variable", "level", "n", "progression", "auc", "low", "high"],
            result.Models.SelectMany(m => m.Subgroups.Select(s => new object?[]
            {
                SetName.Of(m.Set), m.Model, s.Variable, s.Level, s.Cases, s.Progression, s.Auc?.Auc, s.Auc?.Low, s.Auc?.High,
            })));
        Table(
            Path.Combine(folder, "calibration.csv"),
            ["set", "model", "from", "to", "n", "mean_probability", "progression", "low", "high"],
            result.Models.SelectMany(m => m.Calibration.Bins.Select(b => new object?[]
            {
                SetName.Of(m.Set), m.Model, b.Low, b.High, b.Cases, b.MeanProbability, b.Positive.Value, b.Positive.Low, b.Positive.High,
            })));
        Table(
            Path.Combine(folder, "decision_curve.csv"),
            ["set", "model", "threshold", "net_benefit", "treat_all"],
            result.Models.SelectMany(m => m.DecisionCurve.Select(d => new object?[] { SetName.Of(m.Set), m.Model, d.Threshold, d.Model, d.TreatAll })));
    }

    /// <summary>The p-value against the reference; null for the reference itself.</summary>
    internal static double? P(EvaluationResult result, ModelMeasures model) =>
        result.Comparisons.FirstOrDefault(c => c.Set == model.Set && c.Model == model.Model)?.Areas.P;

    private static void Table(string path, string[] columns, IEnumerable<object?[]> rows)
    {
        using StreamWriter writer = new(path);
        using CsvWriter csv = new(writer, CultureInfo.InvariantCulture);
        foreach (string column in columns)
            csv.WriteField(column);
        csv.NextRecord();
        foreach (object?[] row in rows)
        {
            foreach (object? cell in row)
                csv.WriteField(cell is double v ? (double.IsNaN(v) ? "" : v.ToString("G6", CultureInfo.InvariantCulture)) : Convert.ToString(cell, CultureInfo.InvariantCulture));
            csv.NextRecord();
        }
    }
}
