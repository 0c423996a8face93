using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Backup;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Tests.Administration.Backup;

public sealed class NodeBackupTests : IDisposable
{
    private readonly NodeFolder _folder = new();
    private readonly TemporaryFolder _other = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("backup.tar")]
    public async Task Backup_taken_while_the_node_receives_is_whole_and_its_results_are_delivered_once(string output)
    {
        using FakePacs pacs = FakePacs.Willing();
        Acknowledged acknowledged = new(20);
        BackupManifest manifest;
        // The first node answers nothing: its studies wait in processing, so that only the restored one delivers.
        FakePipeline waiting = new(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException("Not reached.");
        });
        await using (NodeHost node = await StartAsync(_folder.Path, pacs.Port, waiting, [new("Receiving:Log:SettleDelay", "00:00:00")]))
        {
            using CancellationTokenSource enough = new();
            Task sending = SendUntilAsync(node, acknowledged, enough.Token);
            await acknowledged.Reached.WaitAsync(Token);
            manifest = await new NodeBackup(_folder.Path).WriteAsync(_other[output], null, Token);
            await enough.CancelAsync();
            await sending;
            // Settled while the backup was made, instances are in both.
            Assert.InRange(manifest.Instances, 1, acknowledged.Count);
            Assert.True(manifest.Instances + manifest.Logged >= 20);
            await node.StopAsync(Token);
        }

        string restored = _other["restored"];
        Assert.Equal(manifest, await NodeRestore.RunAsync(_other[output], restored, Token));

        FakePipeline answering = new((input, _) => AnswerAsync(input, restored));
        await using NodeHost after = await NodeHost.CreateAsync(
            Settings(restored, pacs.Port), services: services => services.AddSingleton<IStudyPipeline>(answering), cancellationToken: Token);
        using StudySubscription changes = after.Studies.Subscribe();
        await after.StartAsync(Token);
        await changes.WaitForAsync(Instances.Study, Token, StudyState.Delivered);
        StateStore store = after.Services.GetRequiredService<StateStore>();
        string[] paths = await store.ReadAsync(db => db.Instances.Select(i => i.Path).ToArrayAsync(Token));
        Assert.InRange(paths.Length, Math.Max(20, manifest.Instances), acknowledged.Count);
        Assert.All(paths, path => Assert.True(File.Exists(Path.Combine(restored, path))));
        Assert.Equal([Instances.Study + ".9.1"], pacs.Received);
        await after.StopAsync(Token);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(300_000)]
    public async Task Instance_that_is_only_in_the_log_is_in_the_backup(int pixelBytes)
    {
        using FakePacs pacs = FakePacs.Willing();
        FakePipeline none = new((_, _) => throw new InvalidOperationException("Not reached."));
        KeyValuePair<string, string?>[] slow =
        [
            new("Receiving:Log:SettleDelay", "00:00:10"), new("Receiving:Log:SegmentSize", "131072"), new("Assembly:QuietPeriod", "00:10:00"),
        ];
        await using (NodeHost node = await StartAsync(_folder.Path, pacs.Port, none, slow))
        {
            for (int i = 1; i <= 3; i++)
                Assert.Equal(DicomStatus.Success, await SendAsync(node, Instances.Mr($"{Instances.Study}.1.{i}", pixelBytes: pixelBytes)));
            BackupManifest manifest = await new NodeBackup(_folder.Path).WriteAsync(_other["b"], null, Token);
            Assert.Equal((0, 3), (manifest.Instances, manifest.Logged));
        }

        Assert.Equal(["b"], Directory.EnumerateFileSystemEntries(_other.Path).Select(Path.GetFileName));
        await NodeRestore.RunAsync(_other["b"], _other["restored"], Token);
        await using NodeHost after = await StartAsync(_other["restored"], pacs.Port, none, slow);

        string[] paths = await after.Services.GetRequiredService<StateStore>().ReadAsync(db => db.Instances.Select(i => i.Path).ToArrayAsync(Token));
        Assert.Equal(3, paths.Length);
        foreach (string path in paths)
            Assert.Equal(
                Instances.Study, (await DicomFile.OpenAsync(Path.Combine(_other["restored"], path))).Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID));
    }

    [Fact]
    public async Task Restored_results_are_where_the_new_data_directory_is_and_go_to_whom_they_had_not_reached()
    {
        await using (StoredStudies studies = await StoredStudies.OpenAsync(_folder))
        {
            await studies.EndAsync("1.1", StudyState.Delivered);
            await studies.EndAsync("1.2", StudyState.Delivering);
            await studies.EndAsync("1.3", StudyState.FailedDelivery);
            await studies.Audit.FlushAsync(Token);
        }

        await new NodeBackup(_folder.Path).WriteAsync(_other["b"], null, Token);
        await NodeRestore.RunAsync(_other["b"], _other["restored"], Token);

        using StateStoreAt restored = await StateStoreAt.OpenAsync(_other["restored"]);
        string[] results = await restored.Store.ReadAsync(db => db.Results.Select(r => r.Path).ToArrayAsync(Token));
        Assert.Equal(3, results.Length);
        Assert.All(results, path => Assert.True(path.StartsWith(_other["restored"], StringComparison.Ordinal) && File.Exists(path)));
        Assert.Equal(
            "1.2.9", Assert.Single(await restored.Store.DueDeliveriesAsync("PACS", DateTimeOffset.MaxValue, Token)).SopInstanceUid);
    }

    [Fact]
    public async Task Row_whose_file_is_missing_is_told_and_leaves_no_backup()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        string file = await studies.ReceiveAsync("1.1", "1.1.1");
        File.Delete(file);
        Task<BackupManifest> backup = new NodeBackup(_folder.Path, studies.Store.Clock).WriteAsync(_other["b.tar"], null, Token);
        while (!backup.IsCompleted)
        {
            studies.Store.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        BackupException missing = await Assert.ThrowsAsync<BackupException>(() => backup);

        Assert.StartsWith(file, missing.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_other.Path));
    }

    [Fact]
    public async Task Backup_that_was_cut_short_is_not_restored()
    {
        await using (StoredStudies studies = await StoredStudies.OpenAsync(_folder))
            await studies.EndAsync("1.1", StudyState.Delivered);
        await new NodeBackup(_folder.Path).WriteAsync(_other["b.tar"], null, Token);
        await using (FileStream tar = new(_other["b.tar"], FileMode.Open))
            tar.SetLength(tar.Length / 3);

        BackupException cut = await Assert.ThrowsAsync<BackupException>(() => NodeRestore.RunAsync(_other["b.tar"], _other["r"], Token));

        Assert.StartsWith(_other["b.tar"], cut.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_other["r"], "state", "dicomrn.db")));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        await using (StoredStudies studies = await StoredStudies.OpenAsync(_folder))
            await studies.EndAsync("1.1", StudyState.Delivered);
        await new NodeBackup(_folder.Path).WriteAsync(_other["b"], null, Token);

        await Assert.ThrowsAsync<BackupException>(() => new NodeBackup(_folder.Path).WriteAsync(_other["b"], null, Token));
        await Assert.ThrowsAsync<BackupException>(() => NodeRestore.RunAsync(_other["b"], _folder.Path, Token));
        await Assert.ThrowsAsync<BackupException>(() => NodeRestore.RunAsync(_other["none"], _other["r"], Token));
    }

    private static async Task SendUntilAsync(NodeHost node, Acknowledged acknowledged, CancellationToken enough)
    {
        for (int i = 1; !enough.IsCancellationRequested; i++)
        {
            string sop = $"{Instances.Study}.1.{i}";
            IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
            await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr(sop))
            {
                OnResponseReceived = (_, response) =>
                {
                    if (response.Status == DicomStatus.Success)
                        acknowledged.Add();
                },
            });
            await client.SendAsync(Token);
        }
    }

    private static async Task<StudyResult> AnswerAsync(StudyInput input, string data)
    {
        string sop = Instances.Study + ".9.1";
        string path = Path.Combine(data, "work", sop + ".dcm");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await new DicomFile(new DicomDataset
        {
            { DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage },
            { DicomTag.SOPInstanceUID, sop },
            { DicomTag.StudyInstanceUID, input.StudyInstanceUid },
        }).SaveAsync(path);
        return new StudyResult
        {
            StudyInstanceUid = input.StudyInstanceUid,
            Outcome = StudyOutcome.Answered,
            Results = [new ResultFile(path, ResultKind.SC, DicomUID.SecondaryCaptureImageStorage.UID, sop, Instances.Study + ".9")],
        };
    }

    private static async Task<DicomStatus?> SendAsync(NodeHost node, DicomFile file)
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(file) { OnResponseReceived = (_, response) => status = response.Status });
        await client.SendAsync(Token);
        return status;
    }

    private static async Task<NodeHost> StartAsync(
        string data, int pacsPort, IStudyPipeline pipeline, params KeyValuePair<string, string?>[] more)
    {
        NodeHost node = await NodeHost.CreateAsync(
            Settings(data, pacsPort, more), services: services => services.AddSingleton(pipeline), cancellationToken: Token);
        await node.StartAsync(Token);
        return node;
    }

    private static NodeSettings Settings(string data, int pacsPort, params KeyValuePair<string, string?>[] more) => NodeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:BindAddress"] = "127.0.0.1",
            ["Node:Port"] = "0",
            ["Node:DataDirectory"] = data,
            ["Node:Peers:MR:AeTitle"] = "MODALITY",
            ["Node:Peers:PACS:AeTitle"] = "PACS",
            ["Node:Peers:PACS:Host"] = "127.0.0.1",
            ["Node:Peers:PACS:Port"] = pacsPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Node:Peers:PACS:ReceivesResults"] = "true",
            ["Assembly:QuietPeriod"] = "00:00:00.100",
        })
        .AddInMemoryCollection(more)
        .Build());

    /// <summary>Counts instances that were answered with a success.</summary>
    private sealed class Acknowledged(int goal)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        /// <summary>As many as the goal.</summary>
        public Task Reached => _reached.Task;

        public void Add()
        {
            if (Interlocked.Increment(ref _count) == goal)
                _reached.SetResult();
        }
    }

    /// <summary>The state store of a data directory that no node has.</summary>
    private sealed class StateStoreAt : IDisposable
    {
        public required StateStore Store { get; init; }

        public static async Task<StateStoreAt> OpenAsync(string data) => new()
        {
            Store = await StateStore.OpenAsync(
                new DataFolders(data).Database, new StudyFeed(), TimeProvider.System,
                Microsoft.Extensions.Logging.Abstractions.NullLogger<StateStore>.Instance, Token),
        };

        public void Dispose() => Store.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
