using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Node.Pipeline;

namespace DicomRn.Commands;

/// <summary>The outcome of <c>dicomrn process</c> for people and for programs.</summary>
internal static class ProcessReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Everything, as JSON.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The outcome.</param>
    /// <param name="explanation">Why; null to leave it out.</param>
    public static void WriteJson(TextWriter output, StudyResult result, StudyExplanation? explanation)
    {
        JsonNode json = JsonSerializer.SerializeToNode(result, Json)!;
        if (explanation is not null)
            json["explanation"] = JsonSerializer.SerializeToNode(explanation, Json);
        output.WriteLine(json.ToJsonString(Json));
    }

    /// <summary>The lesions, or the reason why there is no answer; then notes and files.</summary>
    public static void WriteText(TextWriter output, StudyResult result)
    {
        if (result.Outcome == StudyOutcome.Answered)
            WriteLesions(output, result.Lesions);
        else
            WriteReason(output, result);
        WriteList(output, "Notes", result.Notes);
        WriteList(output, "Written", [.. result.Results.Select(r => $"{r.Kind}  {r.Path}"), .. result.Pictures.Select(p => $"PNG {p}")]);
    }

    /// <summary>Every MR series with its evidence, every object with contours and what became of it.</summary>
    public static void WriteExplanation(TextWriter output, StudyExplanation explanation)
    {
        foreach (SeriesExplanation series in explanation.Series)
        {
            output.WriteLine();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Series {series.Number} {series.SeriesInstanceUid}: {series.Images} images, {(series.Rejected ? "excluded" : $"{series.Score:0.#} points")}, {(series.Chosen ? "taken" : "not taken")}"));
            foreach (SeriesObservation evidence in series.Evidence)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {evidence.Kind,-9} {evidence.Points,5:+0.#;-0.#;0}  {evidence.Observation}"));
        }

        foreach (ContourExplanation contours in explanation.Contours)
        {
            output.WriteLine();
            output.WriteLine($"{contours.Kind} {contours.SopInstanceUid}: {(contours.Used ? "used" : "not used")}: {contours.Why}");
            foreach (RegionExplanation region in contours.Regions)
                output.WriteLine($"  {(region.Used ? "used" : "not used"),-8}  {region.Number} {region.Name}: {region.Why}");
        }
    }

    private static void WriteLesions(TextWriter output, IReadOnlyList<LesionResult> lesions)
    {
        TextTable table = new("Lesion", "Contour", "Side", ">Volume mm³", ">Long mm", ">P(necrosis)", "Decision");
        foreach (LesionResult lesion in lesions)
        {
            table.Add(
                lesion.TrackingId,
                lesion.Label,
                lesion.Laterality?.ToString().ToLowerInvariant() ?? "-",
                lesion.VolumeMm3.ToString("0", CultureInfo.InvariantCulture),
                lesion.LongAxisMm.ToString("0.0", CultureInfo.InvariantCulture),
                lesion.Probability?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-",
                Decision(lesion.Class));
        }

        table.Write(output);
        foreach (LesionResult lesion in lesions.Where(l => l.Remark is not null))
            output.WriteLine($"{lesion.TrackingId}: {lesion.Remark}");
        foreach (LesionResult lesion in lesions.Where(l => l.Clinical.Count > 0))
            output.WriteLine($"{lesion.TrackingId}: clinical data: {string.Join("; ", lesion.Clinical.Select(c => $"{c.Name}: {c.Value ?? "missing"}"))}");
        foreach (LesionResult lesion in lesions.Where(l => l.Refinement is not null))
            output.WriteLine($"{lesion.TrackingId}: {lesion.Refinement!.Text}.");
    }

    private static void WriteReason(TextWriter output, StudyResult result)
    {
        StudyReason reason = result.Reason!;
        output.WriteLine(result.Outcome == StudyOutcome.NothingToDo ? "Nothing to do." : "Cannot answer.");
        output.WriteLine($"Reason:     {reason.Kind} ({reason.Code.Value}, {reason.Code.Scheme}, \"{reason.Code.Meaning}\")");
        output.WriteLine($"            {reason.Text}");
        output.WriteLine($"What to do: {result.WhatToDo}");
    }

    private static void WriteList(TextWriter output, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach (string line in lines)
            output.WriteLine($"  {line}");
    }

    private static string Decision(LesionClass lesionClass) => lesionClass switch
    {
        LesionClass.RadiationNecrosis => "radiation necrosis",
        LesionClass.TumourProgression => "tumour progression",
        LesionClass.Undetermined => "undetermined",
        _ => "not classified",
    };
}
