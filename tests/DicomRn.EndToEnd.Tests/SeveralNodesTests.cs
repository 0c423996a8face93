using System.Buffers.Binary;
using System.Security.Cryptography;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>Three nodes as processes on one PostgreSQL and one data directory, one of them killed under load.</summary>
public sealed class SeveralNodesTests : IDisposable
{
    private const int StudyCount = 9;
    private const string Victim = "n2";
    private static readonly TimeSpan ProcessingLimit = TimeSpan.FromMinutes(4);

    private readonly ScratchFolder _folder = new();
    private readonly ArchivingPacs _pacs = new(SharedNodeProgram.PacsAeTitle);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("attempt 1 with", "Study ")]
    [InlineData("taken by PACS", "")]
    public async Task A_node_killed_under_load_loses_no_instance_and_every_result_reaches_the_PACS_once(string killedAt, string lease)
    {
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        await using SharedNodes nodes = await SharedNodes.StartAsync(3, _folder, _pacs.Port);
        BalancedSender sender = new(nodes.Programs);

        Task sending = SendAllAsync(sender, studies);
        RunningProgram victim = nodes[Victim].Program;
        await victim.LineAsync($"{Victim} at: {killedAt}", line => line.Contains(killedAt, StringComparison.Ordinal), ProcessingLimit);
        int before = sender.Acknowledged.Count;
        await victim.KillAsync();
        List<string> leases = await nodes.State.LeasesAsync(Victim, Cancelled);
        await sending;
        await AllDeliveredAsync(nodes);

        Assert.InRange(before, 1, sender.Acknowledged.Count);
        Assert.Contains(leases, held => held.StartsWith(lease, StringComparison.Ordinal));
        Assert.Equal(studies.Sum(s => s.Length), sender.Acknowledged.Count);
        await AssertStoredAsync(nodes.State, sender.Acknowledged);
        AssertArrivedOnce(await nodes.State.ResultsAsync(Cancelled), leases);
        await AssertTakenOverAsync(nodes.State);
    }

    [Fact]
    public async Task A_node_suspended_for_longer_than_its_leases_stores_nothing_when_it_wakes_up_and_ends()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot suspend a process with a signal.");
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        // Long enough for everything to be sent before the first study is complete: nobody sends to a suspended node.
        await using SharedNodes nodes = await SharedNodes.StartAsync(3, _folder, _pacs.Port, "Assembly:QuietPeriod=00:00:10");
        BalancedSender sender = new(nodes.Programs);

        await SendAllAsync(sender, studies);
        RunningProgram victim = nodes[Victim].Program;
        await victim.LineAsync(
            $"{Victim} to process a study", line => line.Contains("attempt 1 with", StringComparison.Ordinal), ProcessingLimit);
        await victim.SignalAsync("STOP");
        List<string> leases = await nodes.State.LeasesAsync(Victim, Cancelled);
        await AllDeliveredAsync(nodes);
        await victim.SignalAsync("CONT");

        Assert.Equal(1, await victim.ExitAsync(ProcessingLimit));
        // Its log is its own as long as it lives: what it may write there when it wakes up is not lost.
        await AssertTakenOverAsync(nodes.State);
        Assert.Contains("its work is others' now", victim.Error, StringComparison.Ordinal);
        Assert.Equal(StudyCount, (await nodes.State.StudiesAsync(Cancelled))["Delivered"]);
        await AssertStoredAsync(nodes.State, sender.Acknowledged);
        AssertArrivedOnce(await nodes.State.ResultsAsync(Cancelled), leases);
    }

    /// <summary>Two studies at a time, so that some arrive while others are processed.</summary>
    private static async Task SendAllAsync(BalancedSender sender, IReadOnlyList<string[]> studies)
    {
        foreach (string[][] pair in studies.Chunk(2))
            await Task.WhenAll(pair.Select(study => sender.SendAsync(study, Cancelled)));
    }

    private static async Task AllDeliveredAsync(SharedNodes nodes)
    {
        try
        {
            await Eventually.GetAsync($"{StudyCount} studies to be delivered", ProcessingLimit, async cancellationToken =>
                (await nodes.State.StudiesAsync(cancellationToken)).GetValueOrDefault("Delivered") == StudyCount ? "" : null);
        }
        catch (TimeoutException e)
        {
            string found = string.Join(", ", await nodes.State.StudiesAsync(Cancelled));
            throw new TimeoutException($"{e.Message} {found}\n{string.Join("\n\n", nodes.Programs.Select(n => n.Name + ":\n" + n.Program.Error))}");
        }
    }

    /// <summary>Every acknowledged instance is recorded once, and its file has the data set that was sent; there is no other file.</summary>
    private async Task AssertStoredAsync(SharedState state, IReadOnlyDictionary<string, string> acknowledged)
    {
        List<StoredInstance> stored = await state.InstancesAsync(Cancelled);
        Assert.Equal(acknowledged.Keys.Order(), stored.Select(s => s.SopInstanceUid).Order());
        foreach (StoredInstance instance in stored)
        {
            byte[] file = await File.ReadAllBytesAsync(_folder["data", instance.Path], Cancelled);
            Assert.Equal(instance.DataSetHash, Convert.ToHexString(SHA256.HashData(file.AsSpan(instance.DataSetOffset))));
            byte[] sent = await File.ReadAllBytesAsync(acknowledged[instance.SopInstanceUid], Cancelled);
            Assert.Equal(instance.DataSetHash, Convert.ToHexString(SHA256.HashData(sent.AsSpan(DataSetOffset(sent)))));
        }

        Assert.Equal(stored.Count, Directory.GetFiles(_folder["data", "instances"], "*", SearchOption.AllDirectories).Length);
    }

    /// <summary>
    /// The PACS holds exactly the results. C-STORE cannot tell a killed sender that its last request arrived, so what it was
    /// sending may have come again, bit for bit the same; nothing else has.
    /// </summary>
    private void AssertArrivedOnce(List<string> results, List<string> leasesOfVictim)
    {
        ILookup<string, PacsArrival> arrivals = _pacs.Arrivals.ToLookup(a => a.SopInstanceUid);
        Assert.Equal(results.Order(), arrivals.Select(a => a.Key).Order());
        Assert.All(arrivals, same => Assert.Single(same.Select(a => a.Digest).Distinct()));
        Assert.All(
            arrivals.Where(a => a.Count() > 1),
            repeated => Assert.Contains($"Delivery {repeated.First().StudyInstanceUid} PACS", leasesOfVictim));
        Assert.Equal(StudyCount, _pacs.Arrivals.Select(a => a.StudyInstanceUid).Distinct().Count());
        Assert.All(
            _pacs.Arrivals.GroupBy(a => a.StudyInstanceUid),
            study => Assert.Contains(study, a => a.Modality == "SR"));
    }

    private async Task AssertTakenOverAsync(SharedState state)
    {
        await Eventually.GetAsync($"the folder of {Victim} to be taken over", ProcessingLimit, async cancellationToken =>
            (await state.NodesAsync(cancellationToken)).SequenceEqual(["n1", "n3"]) ? "" : null);
        Assert.Empty(Directory.GetFiles(_folder["data", "nodes", Victim, "log", "inbox"]));
    }

    // PS3.10 7.1: preamble, prefix, and the length of the file meta information as its first element.
    private static int DataSetOffset(byte[] file) => 128 + 4 + 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(128 + 4 + 8));
}
