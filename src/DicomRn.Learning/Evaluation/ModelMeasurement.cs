using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>Measures a model on a set.</summary>
internal sealed class ModelMeasurement(EvaluationConfiguration settings, Cohort? cohort)
{
    private static readonly double[] Thresholds = [.. Enumerable.Range(1, 19).Select(n => n * 0.05)];

    /// <param name="model">The model on the set.</param>
    /// <param name="development">The same model out-of-fold, whose threshold the tests are measured at; null where there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ModelMeasures Measure(EvaluatedModel model, EvaluatedModel? development, CancellationToken cancellationToken)
    {
        double[] logits = model.Logits, probabilities = model.Probabilities;
        bool[] positive = model.Positive;
        string[] patients = model.Patients;
        CalibrationMeasures calibration = CalibrationMeasures.Of(probabilities, positive, settings.Bins);
        OperatingPoint atSpecificity = OperatingPoint.AtSpecificity(settings.Specificity, logits, positive);
        OperatingPoint? atDevelopment = development is null || model.Set is PredictedSet.Development or PredictedSet.LeaveCentreOut ? null : OperatingPoint.At(
            OperatingPoint.AtSpecificity(settings.Specificity, development.Logits, development.Positive).Threshold, logits, positive);
        (double ppv, double npv) = (atDevelopment ?? atSpecificity).PredictiveValues(settings.Prevalence);
        RocAuc auc = RocAuc.DeLong(logits, positive);
        Prediction[] decided = [.. model.Cases.Where(c => c.Decision is "RN" or "progression")];
        Interval Bootstrap(double value, Func<CalibrationMeasures, double> part) => ByPatient(patients, value, drawn => Both(positive, drawn)
            ? part(CalibrationMeasures.Of([.. drawn.Select(n => probabilities[n])], [.. drawn.Select(n => positive[n])], settings.Bins))
            : double.NaN, cancellationToken);
        return new ModelMeasures
        {
            Set = model.Set,
            Model = model.Model,
            Patients = patients.Distinct().Count(),
            Auc = auc,
            AucByPatient = ByPatient(patients, auc.Auc, drawn => Area(logits, positive, drawn), cancellationToken),
            AucOfRepeats = [.. model.Repeats.Select(z => RocAuc.DeLong(z, positive).Auc)],
            AtSpecificity = atSpecificity,
            AtSensitivity = OperatingPoint.AtSensitivity(settings.Sensitivity, logits, positive),
            AtDevelopmentThreshold = atDevelopment,
            PositivePredictiveValue = ppv,
            NegativePredictiveValue = npv,
            Calibration = calibration,
            Brier = Bootstrap(calibration.Brier, c => c.Brier),
            Slope = Bootstrap(calibration.Slope, c => c.Slope),
            Intercept = Bootstrap(calibration.Intercept, c => c.Intercept),
            ExpectedCalibrationError = Bootstrap(calibration.ExpectedCalibrationError, c => c.ExpectedCalibrationError),
            DecisionCurve = DecisionCurve.Of(Thresholds, probabilities, positive),
            Decided = Proportion.Wilson(decided.Length, model.Cases.Count),
            DecidedRightly = Proportion.Wilson(decided.Count(c => c.Progression == (c.Decision == "progression")), decided.Length),
            Subgroups = Subgroups.Of(model, cohort),
        };
    }

    private Interval ByPatient(string[] patients, double value, Func<IReadOnlyList<int>, double> statistic, CancellationToken cancellationToken)
    {
        try
        {
            ClusteredBootstrap drawn = ClusteredBootstrap.Interval(patients, statistic, settings.BootstrapDraws, settings.Seed, cancellationToken);
            return new Interval(value, drawn.Low, drawn.High);
        }
        catch (InvalidOperationException)
        {
            // No draw has a value, such as the slope of probabilities that separate the classes.
            return new Interval(value, double.NaN, double.NaN);
        }
    }

    private static bool Both(bool[] positive, IReadOnlyList<int> drawn) => drawn.Any(n => positive[n]) && drawn.Any(n => !positive[n]);

    /// <summary>The area of drawn cases, NaN where a class is missing.</summary>
    private static double Area(double[] logits, bool[] positive, IReadOnlyList<int> drawn)
    {
        double[] cases = [.. drawn.Where(n => positive[n]).Select(n => logits[n])], controls = [.. drawn.Where(n => !positive[n]).Select(n => logits[n]).Order()];
        if (cases.Length == 0 || controls.Length == 0)
            return double.NaN;
        double sum = 0;
        foreach (double score in cases)
            sum += (Below(controls, score, orEqual: false) + Below(controls, score, orEqual: true)) / 2.0;
        return sum / ((double)cases.Length * controls.Length);
    }

    /// <summary>How many sorted values are below a score, or at it too.</summary>
    private static int Below(double[] sorted, double score, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < score || (orEqual && sorted[middle] == score))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
