using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>Routes tried on stored studies, beside the store that a node has open and without.</summary>
public class RouteDryRunTests
{
    private const string Root = "1.2.826.0.1.3680043.2.1.9.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plan_tells_for_each_result_where_it_goes_when_and_by_which_route(bool isRunning)
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(null, (ResultKind.SR, Root + "1"), (ResultKind.SEG, Root + "2"), (ResultKind.SC, Root + "3"));
        DateTimeOffset now = outbox.Store.Clock.GetUtcNow();
        if (!isRunning)
            await outbox.DisposeAsync();

        RoutePlan plan = await RouteDryRun.PlanAsync(Settings(folder), TestStore.Study, now, Cancelled);

        Assert.Equal((StudyState.Delivering, StudyOutcome.Answered, false), (plan.State, plan.Outcome, plan.IsAssumed));
        Assert.Equal(["MODALITY"], plan.Sources);
        Assert.Equal(
            [
                new PlannedResult(ResultKind.SR, Root + "1", "PACS", "reports", null, DeliveryState.Queued),
                new PlannedResult(ResultKind.SEG, Root + "2", null, null, null, null),
                new PlannedResult(ResultKind.SC, Root + "3", "VNA", "pictures", new DateTimeOffset(2026, 3, 1, 18, 0, 0, TimeSpan.Zero), null),
            ],
            plan.Results);
        if (isRunning)
            Assert.All(await outbox.DeliveriesAsync(), d => Assert.Equal((Outbox.Destination, (string?)null), (d.Destination, d.Routes)));
    }

    [Fact]
    public async Task Study_without_results_is_planned_with_one_of_each_kind()
    {
        using NodeFolder folder = new();
        await using TestStore store = await TestStore.OpenAsync(folder);
        await store.ReceiveAsync("1.1");

        RoutePlan plan = await RouteDryRun.PlanAsync(Settings(folder), TestStore.Study, store.Clock.GetUtcNow(), Cancelled);

        Assert.True(plan.IsAssumed);
        Assert.Equal(Enum.GetValues<ResultKind>(), plan.Results.Select(r => r.Kind));
    }

    [Fact]
    public async Task Unknown_study_and_missing_store_are_told_with_their_place()
    {
        using NodeFolder folder = new();
        FileNotFoundException none = await Assert.ThrowsAsync<FileNotFoundException>(
            () => RouteDryRun.PlanAsync(Settings(folder), TestStore.Study, DateTimeOffset.UnixEpoch, Cancelled));
        Assert.Contains(folder.Path, none.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));

        await using TestStore store = await TestStore.OpenAsync(folder);
        InvalidDataException unknown = await Assert.ThrowsAsync<InvalidDataException>(
            () => RouteDryRun.PlanAsync(Settings(folder), "1.2.3", DateTimeOffset.UnixEpoch, Cancelled));
        Assert.Equal($"{folder.Path}: no study 1.2.3.", unknown.Message);
    }

    [Fact]
    public async Task File_that_is_no_state_store_is_told_so()
    {
        using NodeFolder folder = new();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Folders.Database)!);
        await File.WriteAllTextAsync(folder.Folders.Database, new string('x', 5000), Cancelled);

        InvalidDataException wrong = await Assert.ThrowsAsync<InvalidDataException>(
            () => RouteDryRun.PlanAsync(Settings(folder), "1.2.3", DateTimeOffset.UnixEpoch, Cancelled));
        Assert.Contains("cannot be read as a state store", wrong.Message, StringComparison.Ordinal);
    }

    private static NodeSettings Settings(NodeFolder folder) => new()
    {
        Node = new NodeOptions
        {
            DataDirectory = folder.Path,
            Peers =
            {
                ["PACS"] = new PeerOptions { AeTitle = "PACS", Host = "pacs", Port = 104, ReceivesResults = true },
                ["VNA"] = new PeerOptions { AeTitle = "VNA", Host = "vna", Port = 104, ReceivesResults = true },
                ["MR1"] = new PeerOptions { AeTitle = "MODALITY" },
            },
        },
        Delivery = new DeliveryOptions
        {
            Routes =
            {
                ["reports"] = new RouteOptions { Sources = ["MR1"], Results = [ResultKind.SR], Destinations = ["PACS"] },
                ["pictures"] = new RouteOptions { Results = [ResultKind.SC], Destinations = ["VNA"], Hours = "18:00-06:00", TimeZone = "UTC" },
            },
        },
    };
}
