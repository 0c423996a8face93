using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>Two nodes as processes, whose PostgreSQL server crashes under load and comes back.</summary>
[Collection(SideBySide.SeveralNodes)]
public sealed class DatabaseOutageTests : IDisposable
{
    private const int StudyCount = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly ScratchFolder _folder = new();
    private readonly ArchivingPacs _pacs = new(SharedNodeProgram.PacsAeTitle);

    private SharedNodesAudit Audit => new(_folder, _pacs);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_moment_breaks_no_association_off_and_costs_nothing()
    {
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        await using PostgresServer server = await PostgresServer.OwnAsync();
        await using SharedNodes nodes = await SharedNodes.StartAsync(server, 2, _folder, _pacs.Port);
        BalancedSender sender = new(nodes.Programs);

        Task sending = Task.WhenAll(studies.Select(study => sender.SendAsync(study, Cancelled)));
        await Eventually.GetAsync("the first acknowledgement", Limit, _ => Task.FromResult(sender.Acknowledged.Count > 0 ? "" : null));
        await server.StopAsync();
        bool isUnderLoad = !sending.IsCompleted;
        await server.StartAsync();
        await sending;
        await DeliveredAsync(nodes);

        Assert.True(isUnderLoad);
        Assert.False(sender.HasLostANode);
        Assert.All(nodes.Programs, node => Assert.False(node.Program.HasEnded, node.Program.Error));
        await AssertNothingLostAsync(nodes, sender);
    }

    [Fact]
    public async Task Nodes_without_a_server_for_longer_than_their_leases_end_and_go_on_when_they_are_started_again()
    {
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        await using PostgresServer server = await PostgresServer.OwnAsync();
        await using SharedNodes nodes = await SharedNodes.StartAsync(server, 2, _folder, _pacs.Port, "State:LeaseDuration=00:00:12");
        BalancedSender sender = new(nodes.Programs);

        foreach (string[] study in studies.Take(StudyCount / 2))
            await sender.SendAsync(study, Cancelled);
        await server.StopAsync();
        int[] exits = await Task.WhenAll(nodes.Programs.Select(node => node.Program.ExitAsync(Limit)));
        await server.StartAsync();
        string[] ends = [.. nodes.Programs.Select(node => node.Program.Error)];
        await Task.WhenAll(nodes.StartAgainAsync("n1"), nodes.StartAgainAsync("n2"));
        sender.Revive();
        foreach (string[] study in studies.Skip(StudyCount / 2))
            await sender.SendAsync(study, Cancelled);
        await DeliveredAsync(nodes);

        Assert.Equal([1, 1], exits);
        Assert.All(ends, end => Assert.Contains("The database does not answer", end, StringComparison.Ordinal));
        await AssertNothingLostAsync(nodes, sender);
    }

    private static Task DeliveredAsync(SharedNodes nodes) => nodes.EventuallyAsync(
        $"{StudyCount} studies to be delivered", Limit, nodes.State.StudiesAsync, states => states.GetValueOrDefault("Delivered") == StudyCount);

    /// <summary>What was at the PACS when the server went away may have come again: nothing could be noted.</summary>
    private async Task AssertNothingLostAsync(SharedNodes nodes, BalancedSender sender)
    {
        await Audit.AssertStoredAsync(nodes.State, sender.Acknowledged);
        await Audit.AssertArrivedOnceAsync(nodes.State, StudyCount, _ => true);
    }
}
