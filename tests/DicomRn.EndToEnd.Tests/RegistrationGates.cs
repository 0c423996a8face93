using DicomRn.Benchmarks.Registration;
using DicomRn.EndToEnd.Tests.Programs;
using DicomRn.Imaging.Registration;

namespace DicomRn.EndToEnd.Tests;

/// <summary>What the gates of the registration let through, on heads that nothing was tuned on: see README.md of this folder.</summary>
public sealed class RegistrationGates
{
    [Fact]
    public void A_search_that_stops_at_a_lesser_maximum_does_not_refuse_a_right_registration()
    {
        PhantomPair pair = PhantomPair.Make(1007, PlanningKind.Ct);
        RegistrationResult result = RigidRegistration.Register(pair.Fixed, pair.Moving, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((true, ""), (result.Accepted, string.Join("; ", result.Refusals)));
        Assert.InRange(pair.Error(result.FixedToMoving), 0, 0.5);
    }

    [Fact(Explicit = true)]
    public void Wrong_registrations_are_refused_and_right_ones_are_not()
    {
        int first = RunOption.Number("DICOMRN_FIRST", 1001), heads = RunOption.Number("DICOMRN_HEADS", 80);
        IReadOnlyList<GateOutcome> outcomes = GateCampaign.Run(first, heads, null, o => RunOption.Tell($"{o}"), TestContext.Current.CancellationToken);
        StringWriter table = new();
        GateCampaign.Write(outcomes, table);
        RunOption.Tell($"{table}");

        GateOutcome[] wrong = [.. outcomes.Where(o => o.IsWrong)], right = [.. outcomes.Where(o => o.Kind == TrialKind.SameHead && !o.IsWrong)];
        Assert.True(wrong.Count(o => !o.Accepted) >= 0.99 * wrong.Length, $"{wrong.Count(o => o.Accepted)} of {wrong.Length} wrong registrations were accepted.");
        Assert.True(right.Count(o => !o.Accepted) <= 0.03 * right.Length, $"{right.Count(o => !o.Accepted)} of {right.Length} registrations that should and did succeed were refused.");
    }
}
