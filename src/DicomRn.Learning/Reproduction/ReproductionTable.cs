using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using DicomRn.Learning.Evaluation;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Reproduction;

/// <summary>The paper's table beside that of the phantoms.</summary>
/// <param name="Rows">Held-out lesions of the first centre and those of the second, which no training and no choice has seen.</param>
/// <param name="CrossValidated">The development lesions of the first centre, each predicted by a model that has not seen its patient: more cases, and
/// what choices are made by.</param>
public sealed record ReproductionTable(IReadOnlyList<ReproductionRow> Rows, IReadOnlyList<ReproductionRow> CrossValidated)
{
    /// <summary>Held-out lesions of the centre of the training.</summary>
    public const string FirstCentre = "first";

    /// <summary>The external test.</summary>
    public const string SecondCentre = "second";

    /// <summary>What stands above every table of it.</summary>
    public const string Warning =
        "SYNTHETIC PHANTOMS, no patients. AUC with DeLong's 95 % interval; p of the paired DeLong test against the self-supervised model; beside it the paper's AUC, of patients.";

    private static readonly string[] Columns = ["centre", "model", "n", "auc", "low", "high", "p", "paper", "phantom"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Whether the areas of the paper's models fall in the paper's order.</summary>
    /// <param name="centre"><see cref="FirstCentre"/> or <see cref="SecondCentre"/>.</param>
    public bool HasPaperOrder(string centre)
    {
        double[] areas = [.. Rows.Where(r => r.Centre == centre && r.Paper is not null).OrderByDescending(r => r.Paper).Select(r => r.Auc)];
        return areas.Zip(areas.Skip(1), (higher, lower) => higher > lower).All(ordered => ordered);
    }

    /// <summary>A sentence for each centre on whether the paper's order is reproduced.</summary>
    public IReadOnlyList<string> Verdicts() =>
    [
        .. new[] { FirstCentre, SecondCentre }.Select(centre =>
            $"The paper's order (multimodal, self-supervised, radiomics, supervised) at the {centre} centre: {(HasPaperOrder(centre) ? "reproduced" : "not reproduced")}."),
    ];

    internal static ReproductionTable Of(EvaluationResult result) => new(
        [.. RowsOf(result, PredictedSet.HeldOut, FirstCentre, m => m.PaperFirst), .. RowsOf(result, PredictedSet.External, SecondCentre, m => m.PaperSecond)],
        [.. RowsOf(result, PredictedSet.Development, "first, cross-validated", _ => null)]);

    internal void Write(string jsonPath, string csvPath)
    {
        RunFolder.WriteWhole(jsonPath, JsonSerializer.Serialize(Rows, Json));
        StringBuilder csv = new(string.Join(',', Columns) + "\n");
        foreach (ReproductionRow r in Rows.Concat(CrossValidated))
        {
            csv.Append(
                CultureInfo.InvariantCulture, $"\"{r.Centre}\",{r.Model},{r.N},{r.Auc:G6},{r.Low:G6},{r.High:G6},{r.P:G4},{r.Paper},{(r.Phantom ? "yes" : "no")}\n");
        }

        RunFolder.WriteWhole(csvPath, csv.ToString());
    }

    /// <summary>What the report begins with.</summary>
    internal string Html()
    {
        StringBuilder html = new("<h2>The paper's table beside that of the phantoms</h2>\n");
        html.Append("<table><tr><th>centre</th><th>model</th><th>n</th><th>AUC, phantoms</th><th>p</th><th>AUC, paper (patients)</th></tr>\n");
        foreach (ReproductionRow r in Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{r.Centre}</td><td>{WebUtility.HtmlEncode(r.Model)}</td><td>{r.N}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{r.Auc:0.000} ({r.Low:0.000} to {r.High:0.000})</td><td>{(r.P is { } p ? p.ToString("0.000", CultureInfo.InvariantCulture) : "–")}</td>");
            html.Append(CultureInfo.InvariantCulture, $"<td>{(r.Paper is { } paper ? paper.ToString("0.000", CultureInfo.InvariantCulture) : "control")}</td></tr>\n");
        }

        html.Append("</table>\n<p>p: paired DeLong test against the self-supervised model. ");
        html.Append("The paper's held-out part is as small: an AUC of 0.916 of some 22 lesions has a 95 % interval of about 0.75 to 1.</p>\n<p>");
        return html.AppendJoin(' ', Verdicts()).Append("</p>\n").ToString();
    }

    private static IEnumerable<ReproductionRow> RowsOf(EvaluationResult result, PredictedSet set, string centre, Func<ReproductionModel, double?> paper) =>
        ReproductionModel.All.Select(model =>
        {
            ModelMeasures m = result.Models.Single(x => x.Set == set && x.Model == model.Name);
            return new ReproductionRow(
                centre, model.Name, m.Auc.Positives + m.Auc.Negatives, m.Auc.Auc, m.Auc.Low, m.Auc.High, EvaluationTables.P(result, m), paper(model));
        });
}
