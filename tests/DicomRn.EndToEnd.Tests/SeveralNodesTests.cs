using System.Buffers.Binary;
using System.Security.Cryptography;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>Three nodes as processes on one PostgreSQL and one data directory, one of them killed under load.</summary>
public sealed class SeveralNodesTests : IDisposable
{
    private const int StudyCount = 12;
    private const string Killed = "n2";
    private static readonly TimeSpan ProcessingLimit = TimeSpan.FromMinutes(4);

    private readonly ScratchFolder _folder = new();
    private readonly CountingPacs _pacs = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_node_killed_under_load_loses_no_instance_and_every_result_reaches_the_PACS_once()
    {
        PostgresServer server = await PostgresServer.SharedAsync();
        string database = await server.CreateDatabaseAsync();
        await using SharedState state = new(database);
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(_folder, StudyCount);
        await using Fleet nodes = await StartAsync(server, database);
        BalancedSender sender = new(nodes);

        Task sending = SendAllAsync(sender, studies);
        SharedNodeProgram victim = nodes.Single(n => n.Name == Killed);
        await victim.Program.LineAsync(
            $"{Killed} to process a study", line => line.Contains("attempt 1 with", StringComparison.Ordinal), ProcessingLimit);
        int before = sender.Acknowledged.Count;
        await victim.Program.KillAsync();
        List<string> leases = await state.LeasesAsync(Killed, Cancelled);
        await sending;
        await AllDeliveredAsync(state, nodes);

        Assert.InRange(before, 1, sender.Acknowledged.Count - 1);
        Assert.Contains(leases, lease => lease.StartsWith("Study ", StringComparison.Ordinal));
        Assert.Equal(studies.Sum(s => s.Length), sender.Acknowledged.Count);
        await AssertStoredAsync(state, sender.Acknowledged);
        AssertArrivedOnce(await state.ResultsAsync(Cancelled), leases);
        await AssertTakenOverAsync(state);
    }

    private async Task<Fleet> StartAsync(PostgresServer server, string database)
    {
        string passwordFile = _folder["password"];
        await File.WriteAllTextAsync(passwordFile, PostgresServer.Password + "\n", Cancelled);
        string name = database.Split(';').Single(part => part.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];
        int[] ports = Loopback.FreePorts(3);
        return new Fleet(await Task.WhenAll(ports.Select((port, i) => SharedNodeProgram.StartAsync(
            _folder, $"n{i + 1}", port, server.ConnectionString(name), passwordFile, _folder["data"], _pacs.Port))));
    }

    /// <summary>Two studies at a time, so that some arrive while others are processed.</summary>
    private static async Task SendAllAsync(BalancedSender sender, IReadOnlyList<string[]> studies)
    {
        foreach (string[][] pair in studies.Chunk(2))
            await Task.WhenAll(pair.Select(study => sender.SendAsync(study, Cancelled)));
    }

    private static async Task AllDeliveredAsync(SharedState state, IEnumerable<SharedNodeProgram> nodes)
    {
        try
        {
            await Eventually.GetAsync($"{StudyCount} studies to be delivered", ProcessingLimit, async cancellationToken =>
                (await state.StudiesAsync(cancellationToken)).GetValueOrDefault("Delivered") == StudyCount ? "" : null);
        }
        catch (TimeoutException e)
        {
            string found = string.Join(", ", await state.StudiesAsync(Cancelled));
            throw new TimeoutException($"{e.Message} {found}\n{string.Join("\n\n", nodes.Select(n => n.Name + ":\n" + n.Program.Error))}");
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
    private void AssertArrivedOnce(List<string> results, List<string> leasesOfKilled)
    {
        ILookup<string, PacsArrival> arrivals = _pacs.Arrivals.ToLookup(a => a.SopInstanceUid);
        Assert.Equal(results.Order(), arrivals.Select(a => a.Key).Order());
        Assert.All(arrivals, same => Assert.Single(same.Select(a => a.Digest).Distinct()));
        Assert.All(
            arrivals.Where(a => a.Count() > 1),
            repeated => Assert.Contains($"Delivery {repeated.First().StudyInstanceUid} PACS", leasesOfKilled));
        Assert.Equal(StudyCount, _pacs.Arrivals.Select(a => a.StudyInstanceUid).Distinct().Count());
        Assert.All(
            _pacs.Arrivals.GroupBy(a => a.StudyInstanceUid),
            study => Assert.Contains(study, a => a.Modality == "SR"));
    }

    private async Task AssertTakenOverAsync(SharedState state)
    {
        await Eventually.GetAsync($"the folder of {Killed} to be taken over", ProcessingLimit, async cancellationToken =>
            (await state.NodesAsync(cancellationToken)).SequenceEqual(["n1", "n3"]) ? "" : null);
        Assert.Empty(Directory.GetFiles(_folder["data", "nodes", Killed, "inbox"]));
    }

    // PS3.10 7.1: preamble, prefix, and the length of the file meta information as its first element.
    private static int DataSetOffset(byte[] file) => 128 + 4 + 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(128 + 4 + 8));

    private sealed class Fleet(IReadOnlyList<SharedNodeProgram> nodes) : List<SharedNodeProgram>(nodes), IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (SharedNodeProgram node in this)
                await node.DisposeAsync();
        }
    }
}
