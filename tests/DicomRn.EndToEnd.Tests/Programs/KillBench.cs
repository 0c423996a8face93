using DicomRn.Node.State;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>A node between modalities and two PACS, one asked with C-FIND and one for storage commitment, that is killed over and over.</summary>
public sealed class KillBench : IAsyncLifetime
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(2);
    private readonly ScratchFolder _folder = new();
    private readonly ArchivingPacs _archive = new("PACS");
    private readonly ArchivingPacs _vault = new("VAULT");

    internal MortalNode Node { get; private set; } = null!;

    internal Modalities Modalities { get; private set; } = null!;

    internal NodeRecords Records { get; private set; } = null!;

    internal NodeAudit Audit { get; private set; } = null!;

    internal IReadOnlyList<ArchivingPacs> Destinations => [_archive, _vault];

    internal ScratchFolder Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        PhantomStudies phantom = await PhantomStudies.WriteAsync(_folder, "6,6,6");
        Node = new MortalNode(_folder, Destinations);
        Modalities = new Modalities(phantom, Node.Port);
        Records = new NodeRecords(Node.Data);
        Audit = new NodeAudit(Records, Modalities, Destinations);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        _archive.Dispose();
        _vault.Dispose();
        _folder.Dispose();
    }

    /// <summary>Starts the node unless it runs.</summary>
    internal async Task StartAsync()
    {
        if (!Node.IsRunning)
            await Node.StartAndListenAsync();
    }

    /// <summary>
    /// Sends new studies, and what an earlier death has left of others, each on an association of its own, as far as the node takes them.
    /// </summary>
    /// <param name="contours">How many new ones there are, and which of them have contours.</param>
    internal async Task LoadAsync(params bool[] contours)
    {
        foreach (bool hasContours in contours)
            await Modalities.NextAsync(hasContours);
        await Task.WhenAll(Modalities.Studies.Where(s => !s.IsAcknowledged)
            .Select(s => Modalities.TrySendAsync(s, TestContext.Current.CancellationToken)));
    }

    /// <summary>Waits until the node has died where it was to.</summary>
    internal async Task DiedAtAsync(KillPoint point, TimeSpan limit)
    {
        int exitCode;
        try
        {
            exitCode = await Node.Program.ExitAsync(limit);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{point} was not reached. {e.Message}");
        }

        Assert.Contains($"Killed at {point}:", Node.Program.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(128 + 9, exitCode);
        await NoteKillAsync();
    }

    /// <summary>Notes what the node had not recorded when it was killed.</summary>
    internal async Task NoteKillAsync()
    {
        if (!File.Exists(NodeRecords.Database(Node.Data)))
            return;
        NodeRecords copy = NodeRecords.Copy(Node.Data, _folder["copy"]);
        // It may have been killed while it made its tables.
        if (await copy.HasTablesAsync())
            await Audit.NoteKillAsync(copy);
    }

    /// <summary>Starts the node again, lets everything come to its end, and holds it against what it promised.</summary>
    internal async Task RecoverAsync(TimeSpan? limit = null)
    {
        await StartAsync();
        await Modalities.FinishAsync(TestContext.Current.CancellationToken);
        try
        {
            await Audit.QuietAsync(limit ?? EndLimit);
            await Audit.AssertAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{e.Message}\n{Node.Program.Error}", e);
        }
    }
}
