using System.Globalization;
using System.Net;
using System.Text;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Evaluation;

/// <summary>The report: one HTML file that needs no other.</summary>
internal static class HtmlReport
{
    // Below so many cases of the rarer class an area says little, and the report says so.
    private const int FewCases = 20;

    private const string Style =
        "body{font:15px/1.45 sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#222}table{border-collapse:collapse;margin:.5em 0 1.5em}"
        + "th,td{border-bottom:1px solid #ccc;padding:.25em .7em;text-align:left;vertical-align:top}th{background:#f3f3f3}"
        + ".warning{background:#fff3cd;border:1px solid #e0c060;padding:.7em 1em}img{max-width:100%;width:32em}figure{display:inline-block;margin:.5em}";

    public static string Of(EvaluationResult result, IReadOnlyList<(string Name, string Caption, byte[] Png)> plots, string preface)
    {
        EvaluationConfiguration s = result.Settings;
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").Append(Text(s.Title)).Append("</title><style>").Append(Style)
            .Append("</style></head><body>\n<h1>").Append(Text(s.Title)).Append("</h1>\n");
        if (s.Phantoms)
            html.Append("<p class=\"warning\"><strong>Synthetic phantoms, no patients.</strong> These figures say nothing of how a model does on patients.</p>\n");
        html.Append("<p>Not for clinical use. Progression is the positive class. 95 % intervals.</p>\n").Append(preface);
        foreach (IGrouping<PredictedSet, ModelMeasures> set in result.Models.GroupBy(m => m.Set))
            AppendSet(html, result, [.. set]);
        html.Append("<h2>Plots</h2>\n");
        foreach ((string _, string caption, byte[] png) in plots)
        {
            html.Append("<figure><img alt=\"").Append(Text(caption)).Append("\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(png))
                .Append("\"><figcaption>").Append(Text(caption)).Append("</figcaption></figure>\n");
        }

        html.Append("<h2>Subgroups</h2>\n");
        AppendTable(
            html,
            ["set", "model", "variable", "level", "n", "progression", "AUC"],
            result.Models.SelectMany(m => m.Subgroups.Select(g => new[]
            {
                SetName.Of(m.Set), m.Model, g.Variable, g.Level, Text(g.Cases), Text(g.Progression), g.Auc is { } a ? Of(a.Auc, a.Low, a.High) : "too few",
            })));
        html.Append("<h2>Reporting: TRIPOD+AI and CLAIM 2024</h2>\n");
        AppendTable(html, ["TRIPOD+AI", "CLAIM 2024", "answer"], ReportingChecklist.Of(result).Select(i => new[] { i.Tripod, i.Claim, i.Answer }));
        return html.Append("</body></html>\n").ToString();
    }

    private static void AppendSet(StringBuilder html, EvaluationResult result, ModelMeasures[] models)
    {
        EvaluationConfiguration s = result.Settings;
        ModelMeasures first = models[0];
        int fewest = Math.Min(first.Auc.Positives, first.Auc.Negatives);
        html.Append("<h2>").Append(Text(Heading(first.Set))).Append("</h2>\n");
        html.Append(CultureInfo.InvariantCulture, $"<p>{first.Auc.Positives + first.Auc.Negatives} lesions of {first.Patients} patients: {first.Auc.Positives} progression, {first.Auc.Negatives} radiation necrosis.</p>\n");
        if (fewest < FewCases)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"warning\">Only {fewest} cases of one class: the intervals are wide, and differences within them mean nothing.</p>\n");
        AppendTable(
            html,
            ["model", "AUC (DeLong)", "AUC (by patient)", $"p against {s.Reference}", "AUC of repeats"],
            models.Select(m => new[]
            {
                m.Model, Of(m.Auc.Auc, m.Auc.Low, m.Auc.High), Of(m.AucByPatient), EvaluationTables.P(result, m) is { } p ? p.ToString("G2", CultureInfo.InvariantCulture) : "–",
                m.AucOfRepeats.Count > 1 ? $"{Text(m.AucOfRepeats.Min())} to {Text(m.AucOfRepeats.Max())} in {m.AucOfRepeats.Count}" : "–",
            }));
        AppendTable(
            html,
            [
                "model", $"sensitivity at specificity {Text(s.Specificity)}", $"specificity at sensitivity {Text(s.Sensitivity)}",
                "at the threshold by development: sensitivity", "specificity", $"PPV at prevalence {Text(s.Prevalence)}", "NPV", "decided", "of which rightly",
            ],
            models.Select(m => new[]
            {
                m.Model, Of(m.AtSpecificity.Sensitivity), Of(m.AtSensitivity.Specificity), Of(m.AtDevelopmentThreshold?.Sensitivity),
                Of(m.AtDevelopmentThreshold?.Specificity), Text(m.PositivePredictiveValue), Text(m.NegativePredictiveValue), Of(m.Decided), Of(m.DecidedRightly),
            }));
        AppendTable(
            html,
            ["model", "Brier", "calibration slope", "calibration in the large", "ECE"],
            models.Select(m => new[] { m.Model, Of(m.Brier), Of(m.Slope), Of(m.Intercept), Of(m.ExpectedCalibrationError) }));
    }

    private static string Heading(PredictedSet set) => set switch
    {
        PredictedSet.Development => "Development, out-of-fold",
        PredictedSet.HeldOut => "Held-out, same centre",
        PredictedSet.External => "External",
        _ => "Leave-centre-out: each centre by a model of all the others",
    };

    private static void AppendTable(StringBuilder html, string[] headings, IEnumerable<string[]> rows)
    {
        html.Append("<table><tr>").AppendJoin("", headings.Select(h => $"<th>{Text(h)}</th>")).Append("</tr>\n");
        foreach (string[] row in rows)
            html.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{Text(c)}</td>")).Append("</tr>\n");
        html.Append("</table>\n");
    }

    private static string Of(Interval v) => Of(v.Value, v.Low, v.High);

    private static string Of(Proportion? p) => p is null ? "–" : p.Of == 0 ? "none" : $"{Of(p.Value, p.Low, p.High)}, {p.Count}/{p.Of}";

    private static string Of(double value, double low, double high) =>
        double.IsNaN(value) ? "does not exist" : double.IsNaN(low) ? Text(value) : $"{Text(value)} ({Text(low)} to {Text(high)})";

    private static string Text(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(string value) => WebUtility.HtmlEncode(value);
}
