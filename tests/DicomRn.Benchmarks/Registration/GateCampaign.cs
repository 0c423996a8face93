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
        IReadOnlyList<GateOutcome> outcomes = Run(first, heads, minutes, list ? o => output.WriteLine(o) : _ => { }, cancellationToken);
        Write(outcomes, output);
    }

    /// <summary>The registrations of some heads.</summary>
    /// <param name="first">Seed of the first head.</param>
    /// <param name="heads">How many heads.</param>
    /// <param name="minutes">No further head is begun after so many minutes; null: all of them.</param>
    /// <param name="tell">Told of each.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static IReadOnlyList<GateOutcome> Run(int first, int heads, double? minutes, Action<GateOutcome> tell, CancellationToken cancellationToken)
    {
        PlanningKind[] kinds = Enum.GetValues<PlanningKind>();
        TimeProvider time = TimeProvider.System;
        long began = time.GetTimestamp();
        List<GateOutcome> outcomes = [];
        Volume<float> other = PhantomPair.Make(first + 700_000, kinds[0]).Moving;
        for (int seed = first; seed < first + heads && !(time.GetElapsedTime(began).TotalMinutes > minutes); seed++)
        {
            PlanningKind kind = kinds[seed % kinds.Length];
            PhantomPair pair = PhantomPair.Make(seed, kind);
            foreach (GateTrial trial in GateTrial.Of(pair, other, seed))
            {
                RegistrationResult result = RigidRegistration.Register(trial.Fixed, trial.Moving, cancellationToken: cancellationToken);
                outcomes.Add(new GateOutcome(seed, kind, trial.Kind, trial.Error(result.FixedToMoving, pair.Lesions), result));
                tell(outcomes[^1]);
            }

            other = pair.Moving;
        }

        return outcomes;
    }

    /// <summary>How many of each kind ended wrong, and what the gates did.</summary>
    public static void Write(IReadOnlyList<GateOutcome> outcomes, TextWriter output)
    {
        TextTable table = new("trial", ">registrations", ">wrong", ">refused of them", ">right", ">refused of them", ">worst accepted, mm");
        foreach (IGrouping<TrialKind, GateOutcome> kind in outcomes.GroupBy(o => o.Kind))
            Add(table, kind.Key.ToString(), [.. kind]);
        Add(table, "all", outcomes);
        table.Write(output);
        Tell("Wrong registrations refused", [.. outcomes.Where(o => o.IsWrong)]);
        Tell("Right registrations refused", [.. outcomes.Where(o => !o.IsWrong)]);

        void Tell(string what, GateOutcome[] of)
        {
            if (of.Length == 0)
                return;
            Proportion refused = Proportion.Wilson(of.Count(o => !o.Accepted), of.Length);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {refused.Count} of {refused.Of}, {refused.Value:P2} (95 % interval {refused.Low:P2} to {refused.High:P2}, Wilson)."));
        }
    }

    private static void Add(TextTable table, string name, IReadOnlyList<GateOutcome> outcomes)
    {
        GateOutcome[] wrong = [.. outcomes.Where(o => o.IsWrong)], right = [.. outcomes.Where(o => !o.IsWrong)];
        double[] accepted = [.. outcomes.Where(o => o.Accepted).Select(o => o.Error)];
        table.Add(
            name, Text(outcomes.Count), Text(wrong.Length), Text(wrong.Count(o => !o.Accepted)), Text(right.Length), Text(right.Count(o => !o.Accepted)),
            accepted.Length == 0 ? "" : accepted.Max().ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
