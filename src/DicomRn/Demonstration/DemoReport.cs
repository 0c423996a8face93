using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Phantoms;
using LesionClass = DicomRn.Node.Pipeline.LesionClass;
using TrueClass = DicomRn.Learning.LesionClass;

namespace DicomRn.Demonstration;

/// <summary>What a person sees at the end of a demonstration.</summary>
internal static class DemoReport
{
    public static void Write(DemoOutcome outcome, DemoFolders folders, TextWriter output)
    {
        if (outcome.Result is { } result)
            WriteLesions(outcome.Study.Truth, result, output);
        if (outcome.State.To != StudyState.Delivered || outcome.Result is not { Outcome: StudyOutcome.Answered })
        {
            output.WriteLine($"The study ended as {outcome.State.To}: {outcome.State.Reason ?? outcome.Result?.Reason?.Text ?? "no reason given"}");
            if ((outcome.State.WhatToDo ?? outcome.Result?.WhatToDo) is { } advice)
                output.WriteLine(advice);
        }

        output.WriteLine();
        WriteFiles(outcome, folders, output);
        output.WriteLine();
        output.WriteLine("The patient is a synthetic phantom, and the model was trained on such phantoms only. Not for clinical use.");
    }

    private static void WriteFiles(DemoOutcome outcome, DemoFolders folders, TextWriter output)
    {
        output.WriteLine($"The PACS has {outcome.ReceivedByPacs.Count} objects, in {folders.Pacs}");
        foreach (IGrouping<ResultKind, ResultFile> kind in (outcome.Result?.Results ?? []).GroupBy(r => r.Kind).OrderBy(g => g.Key))
        {
            string[] names = [.. kind.Select(r => $"{r.SopInstanceUid}.dcm").Where(n => outcome.ReceivedByPacs.Any(f => Path.GetFileName(f) == n))];
            if (names is [string only])
                output.WriteLine($"  {kind.Key,-4} {only}");
            else
                output.WriteLine($"  {kind.Key,-4} {names.Length} images in {kind.DistinctBy(r => r.SeriesInstanceUid).Count()} series");
        }

        output.WriteLine("The attention overlays as pictures:");
        foreach (string overlay in outcome.Overlays)
            output.WriteLine($"  {overlay}");
        output.WriteLine($"The phantom study and its truth.json: {folders.Study}");
        output.WriteLine($"The node's log: {folders.Log}");
    }

    private static void WriteLesions(PhantomTruth truth, StudyResult result, TextWriter output)
    {
        TextTable table = new("tracking ID", "ROI", ">volume mm3", ">P(necrosis)", "decision", "truth");
        foreach (LesionResult lesion in result.Lesions)
        {
            PhantomLesionRecord? known = truth.Lesions.FirstOrDefault(l => l.Roi == lesion.Label);
            table.Add(
                lesion.TrackingId,
                lesion.Label,
                lesion.VolumeMm3.ToString("F0", CultureInfo.InvariantCulture),
                lesion.Probability?.ToString("P0", CultureInfo.InvariantCulture) ?? "-",
                Name(lesion.Class),
                known is null ? "-" : Name(known.Class));
        }

        table.Write(output);
        foreach (LesionResult lesion in result.Lesions.Where(l => l.Remark is not null))
            output.WriteLine($"{lesion.TrackingId}: {lesion.Remark}");
    }

    private static string Name(LesionClass decision) => decision switch
    {
        LesionClass.RadiationNecrosis => "radiation necrosis",
        LesionClass.TumourProgression => "tumour progression",
        LesionClass.Undetermined => "undetermined",
        _ => "not classified",
    };

    private static string Name(TrueClass truth) =>
        truth == TrueClass.RadiationNecrosis ? "radiation necrosis" : "tumour progression";
}
