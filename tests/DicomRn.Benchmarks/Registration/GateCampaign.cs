using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Statistics;

namespace DicomRn.Benchmarks.Registration;

/// <summary>
/// <c>side-by-side register-gates</c>: many registrations of phantom heads, most of which cannot or should not succeed: how many ended wrong
/// (more than 2 mm off at a lesion, or of no common head at all), how many of those the gates refused, and how many good ones they refused.
/// </summary>
internal static class GateCampaign
{
    private const double Wrong = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> first = new("--first") { Description = "Seed of the first head.", DefaultValueFactory = _ => 1 };
        Option<int> heads = new("--heads") { Description = "Heads; each gives eight registrations.", DefaultValueFactory = _ => 5 };
        Option<double?> minutes = new("--minutes") { Description = "Begin no further head after so many minutes." };
        Option<bool> list = new("--list") { Description = "Tell every registration." };
        RootCommand command = new("Registers phantom heads that belong together, and much that does not, and counts what the gates let through.")
        {
            first, heads, minutes, list,
        };
        command.SetAction((a, token) => Task.Run(
            () => Count(a.GetValue(first), a.GetValue(heads), a.GetValue(minutes), a.GetValue(list), output, token), token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static void Count(int first, int heads, double? minutes, bool list, TextWriter output, CancellationToken cancellationToken)
    {
        PlanningKind[] kinds = Enum.GetValues<PlanningKind>();
        TimeProvider time = TimeProvider.System;
        long began = time.GetTimestamp();
        List<Outcome> outcomes = [];
        Volume<float> other = PhantomPair.Make(first + 700_000, kinds[0]).Moving;
        for (int seed = first; seed < first + heads && !(time.GetElapsedTime(began).TotalMinutes > minutes); seed++)
        {
            PhantomPair pair = PhantomPair.Make(seed, kinds[seed % kinds.Length]);
            foreach (GateTrial trial in GateTrial.Of(pair, other, seed))
            {
                RegistrationResult result = RigidRegistration.Register(trial.Fixed, trial.Moving, cancellationToken: cancellationToken);
                Outcome outcome = new(trial.Kind, trial.Error(result.FixedToMoving, pair.Lesions), result.Accepted);
                outcomes.Add(outcome);
                if (list)
                {
                    RegistrationQuality q = result.Quality;
                    output.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{seed} {kinds[seed % kinds.Length]} {trial.Kind}: {outcome.Error:0.00} mm, {(outcome.Accepted ? "accepted" : "refused")}; NMI {q.Information:0.000}, overlap {q.Overlap:0.00}, both ways {q.InverseConsistencyMm:0.00}, restarts {q.RestartSpreadMm:0.00}, parts {q.LocalShiftMm:0.00}, mirrored {q.MirroredShare:0.00}"));
                }
            }

            other = pair.Moving;
        }

        TextTable table = new("trial", ">registrations", ">wrong", ">refused of them", ">right", ">refused of them", ">worst accepted, mm");
        foreach (IGrouping<TrialKind, Outcome> kind in outcomes.GroupBy(o => o.Kind))
            Add(table, kind.Key.ToString(), [.. kind]);
        Add(table, "all", outcomes);
        table.Write(output);
        Outcome[] wrong = [.. outcomes.Where(o => o.Error > Wrong)];
        if (wrong.Length == 0)
            return;
        Proportion caught = Proportion.Wilson(wrong.Count(o => !o.Accepted), wrong.Length);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Wrong registrations refused: {caught.Count} of {caught.Of}, {caught.Value:P2} (95 % interval {caught.Low:P2} to {caught.High:P2}, Wilson)."));
    }

    private static void Add(TextTable table, string name, IReadOnlyList<Outcome> outcomes)
    {
        Outcome[] wrong = [.. outcomes.Where(o => o.Error > Wrong)], right = [.. outcomes.Where(o => o.Error <= Wrong)];
        double[] accepted = [.. outcomes.Where(o => o.Accepted).Select(o => o.Error)];
        table.Add(
            name, Text(outcomes.Count), Text(wrong.Length), Text(wrong.Count(o => !o.Accepted)), Text(right.Length), Text(right.Count(o => !o.Accepted)),
            accepted.Length == 0 ? "" : accepted.Max().ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private sealed record Outcome(TrialKind Kind, double Error, bool Accepted);
}
