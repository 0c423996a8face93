using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Delivery;

public class RoutingTests
{
    private const string Root = "1.2.826.0.1.3680043.2.1.9.";

    // A Sunday, 9:00 in Vienna.
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_routes_everything_goes_to_every_peer_that_receives_results() =>
        Assert.Equal(["ARCHIVE ", "PACS "], Route([], ResultKind.SC));

    [Fact]
    public void A_result_goes_where_all_the_routes_lead_that_it_matches()
    {
        Dictionary<string, RouteOptions> routes = new()
        {
            ["reports"] = new RouteOptions { Results = [ResultKind.SR], Destinations = ["PACS"] },
            ["all"] = new RouteOptions { Destinations = ["archive"] },
            ["mr2"] = new RouteOptions { Sources = ["MR2"], Destinations = ["PACS"] },
        };

        Assert.Equal(["ARCHIVE all", "PACS reports"], Route(routes, ResultKind.SR));
        Assert.Equal(["ARCHIVE all"], Route(routes, ResultKind.SEG));
        Assert.Equal(["ARCHIVE all", "PACS mr2"], Route(routes, ResultKind.SEG, sources: ["OTHER", "MODALITY2"]));
    }

    [Fact]
    public void A_route_may_be_for_one_outcome_only()
    {
        Dictionary<string, RouteOptions> routes = new()
        {
            ["answers"] = new RouteOptions { OnlyWhen = StudyOutcome.Answered, Destinations = ["PACS"] },
            ["problems"] = new RouteOptions { OnlyWhen = StudyOutcome.CannotAnswer, Destinations = ["ARCHIVE"] },
        };

        Assert.Equal(["PACS answers"], Route(routes, ResultKind.SR));
        Assert.Equal(["ARCHIVE problems"], Route(routes, ResultKind.SR, StudyOutcome.CannotAnswer));
    }

    [Fact]
    public void Of_several_routes_to_a_destination_the_first_to_open_counts()
    {
        RoutingTable table = Table(new()
        {
            ["night"] = new RouteOptions { Destinations = ["PACS"], Hours = "18:00-06:00", TimeZone = "Europe/Vienna" },
            ["noon"] = new RouteOptions { Destinations = ["PACS"], Hours = "12:00-13:00", TimeZone = "Europe/Vienna" },
        });

        RoutedResult routed = Assert.Single(((IResultRouting)table).Route(ResultKind.SC, StudyOutcome.Answered, ["MODALITY"], Now));

        Assert.Equal(Now.AddHours(3), routed.NotBefore);
        Assert.Equal("night, noon", routed.Routes);
        Assert.Equal(Now.AddHours(9), table.NextOpening(routed.Routes, Now.AddHours(5)));
        Assert.Equal(Now, table.NextOpening("gone", Now));
    }

    [Fact]
    public async Task Results_that_no_route_sends_anywhere_end_the_study_with_the_reason()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await OpenAsync(folder, new() { ["mr2"] = new RouteOptions { Sources = ["MR2"], Destinations = ["PACS"] } });

        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SC, Root + "2"), (ResultKind.SC, Root + "3"));

        StudyRecord study = await outbox.Store.StudyAsync();
        Assert.Equal((StudyState.NothingToDo, "NotRouted"), (study.State, study.ReasonCode));
        Assert.Equal("No route sends its results anywhere: 1 SR, 2 SC.", study.Reason);
    }

    [Fact]
    public async Task Study_of_which_some_results_go_nowhere_is_delivered_and_says_so()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await OpenAsync(folder, new() { ["reports"] = new RouteOptions { Results = [ResultKind.SR], Destinations = ["PACS"] } });
        using ArchivePacs pacs = new();

        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SC, Root + "2"));
        await outbox.Queue(pacs.Port).SendDueAsync(Cancelled);

        StudyRecord study = await outbox.Store.StudyAsync();
        Assert.Equal((StudyState.Delivered, "PartlyRouted"), (study.State, study.ReasonCode));
        Assert.Equal([Root + "1"], pacs.Received);
    }

    [Fact]
    public async Task Study_that_cannot_be_answered_needs_attention_even_where_no_route_sends_its_report()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await OpenAsync(folder, new() { ["mr2"] = new RouteOptions { Sources = ["MR2"], Destinations = ["PACS"] } });

        await outbox.Store.Store.FinishProcessingAsync(await outbox.Store.ProcessAsync(), Results.CannotAnswer(Root + "1"), outbox.Routing);

        Assert.Equal((StudyState.NeedsAttention, "ContoursMissing"), ((await outbox.Store.StudyAsync()).State, (await outbox.Store.StudyAsync()).ReasonCode));
    }

    [Fact]
    public async Task Results_wait_for_their_hours_and_pass_nothing_that_is_ahead_but_what_waits_for_its_own()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await OpenAsync(folder, new()
        {
            ["pictures"] = new RouteOptions { Results = [ResultKind.SC], Destinations = ["PACS"], Hours = "18:00-06:00", TimeZone = "Europe/Vienna" },
            ["others"] = new RouteOptions { Results = [ResultKind.SR, ResultKind.SEG], Destinations = ["PACS"] },
        });
        using ArchivePacs pacs = new();
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SC, Root + "2"), (ResultKind.SEG, Root + "3"));
        DestinationQueue queue = outbox.Queue(pacs.Port);

        await queue.SendDueAsync(Cancelled);
        Assert.Equal([Root + "3", Root + "1"], pacs.Received);
        Assert.False(await queue.SendDueAsync(Cancelled));
        DateTimeOffset? next = await outbox.Store.Store.NextDeliveryAsync("PACS", Cancelled);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 17, 0, 0, TimeSpan.Zero), next);

        outbox.Store.Clock.SetUtcNow(next!.Value);
        await queue.SendDueAsync(Cancelled);
        Assert.Equal(Root + "2", pacs.Received[^1]);
        Assert.Equal(StudyState.Delivered, (await outbox.Store.StudyAsync()).State);
    }

    [Fact]
    public async Task Result_whose_hours_went_by_while_the_node_was_down_waits_for_the_next()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await OpenAsync(folder, Night);
        using ArchivePacs pacs = new();
        await outbox.QueueAsync(Root + "1");
        outbox.Store.Clock.SetUtcNow(Now.AddDays(1));

        await outbox.Queue(pacs.Port).SendDueAsync(Cancelled);

        Assert.Empty(pacs.Received);
        DeliveryRecord delivery = await outbox.DeliveryAsync();
        Assert.Equal(Now.AddDays(1).AddHours(9), delivery.NextAttemptAt);
        Assert.Equal(0, delivery.Attempts);
    }

    [Fact]
    public async Task Repeats_keep_to_the_hours_and_the_time_to_give_up_runs_from_their_first_opening()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await OpenAsync(folder, Night);
        using ArchivePacs pacs = new() { Answer = _ => DicomStatus.StorageStorageOutOfResources };
        await outbox.QueueAsync(Root + "1");
        DeliveryRecord queued = await outbox.DeliveryAsync();
        Assert.Equal(queued.NotBefore, queued.DueSince);
        outbox.Store.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 4, 59, 50, TimeSpan.Zero));

        await outbox.Queue(pacs.Port).SendDueAsync(Cancelled);

        DeliveryRecord delivery = await outbox.DeliveryAsync();
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero), delivery.NextAttemptAt);
        Assert.Equal(delivery.NextAttemptAt, delivery.NotBefore);
        Assert.Equal(queued.DueSince, delivery.DueSince);
        Assert.Equal(1, delivery.Attempts);
    }

    private static Dictionary<string, RouteOptions> Night => new()
    {
        ["night"] = new RouteOptions { Destinations = ["PACS"], Hours = "18:00-06:00", TimeZone = "Europe/Vienna" },
    };

    private static async Task<Outbox> OpenAsync(NodeFolder folder, Dictionary<string, RouteOptions> routes)
    {
        Outbox outbox = await Outbox.OpenAsync(folder, new DeliveryOptions { ImmediateRetries = 0, BreakAfterFailures = 100, Routes = routes });
        outbox.Node.Peers["MR2"] = new PeerOptions { AeTitle = "MODALITY2" };
        return outbox;
    }

    private static RoutingTable Table(Dictionary<string, RouteOptions> routes) => new(
        new NodeOptions
        {
            Peers =
            {
                ["PACS"] = new PeerOptions { AeTitle = "PACS", Host = "pacs", Port = 104, ReceivesResults = true },
                ["ARCHIVE"] = new PeerOptions { AeTitle = "ARCHIVE", Host = "archive", Port = 104, ReceivesResults = true },
                ["MR1"] = new PeerOptions { AeTitle = "MODALITY" },
                ["MR2"] = new PeerOptions { AeTitle = "MODALITY2" },
            },
        },
        new DeliveryOptions { Routes = routes });

    private static IEnumerable<string> Route(
        Dictionary<string, RouteOptions> routes, ResultKind kind, StudyOutcome outcome = StudyOutcome.Answered, string[]? sources = null) =>
        ((IResultRouting)Table(routes)).Route(kind, outcome, sources ?? ["MODALITY"], Now).Select(routed => $"{routed.Destination} {routed.Routes}");
}
