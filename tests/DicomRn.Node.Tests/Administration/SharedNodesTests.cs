using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Backup;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Assembly;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DicomRn.Node.Tests.Administration;

/// <summary>Whole nodes on one PostgreSQL database and one data directory.</summary>
public sealed class SharedNodesTests : IDisposable
{
    private const string ResultSop = Instances.Study + ".9.1";

    private readonly NodeFolder _folder = new();
    private readonly FakePacs _pacs = FakePacs.Willing();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _pacs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_study_whose_instances_land_on_two_nodes_is_processed_once_and_delivered_once()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        StudyResult result = await AnswerAsync();
        int files = 0;
        FakePipeline pipeline = new((input, _) =>
        {
            files = input.Files.Count;
            return Task.FromResult(result);
        });
        await using NodeHost first = await CreateAsync("n1", database, pipeline);
        await using NodeHost second = await CreateAsync("n2", database, pipeline);
        using StudySubscription firstStudies = first.Studies.Subscribe(), secondStudies = second.Studies.Subscribe();
        await first.StartAsync(Cancelled);
        await second.StartAsync(Cancelled);

        await Task.WhenAll(SendAsync(first, 1), SendAsync(second, 2), SendAsync(first, 3), SendAsync(second, 4));
        await await Task.WhenAny(
            firstStudies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered),
            secondStudies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered));

        Assert.Equal([ResultSop], _pacs.Received);
        Assert.Equal(1, pipeline.Runs);
        Assert.Equal(4, files);
        Assert.Equal(1, (await first.GetStatusAsync(Cancelled)).Studies[StudyState.Delivered]);
        await first.StopAsync(Cancelled);
        await second.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_second_node_of_the_same_name_is_refused()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        StudyResult result = await AnswerAsync();
        FakePipeline pipeline = new((_, _) => Task.FromResult(result));
        await using NodeHost first = await CreateAsync("n1", database, pipeline);

        IOException refused = await Assert.ThrowsAsync<IOException>(() => CreateAsync("n1", database, pipeline));

        Assert.Contains(Path.Combine("nodes", "n1"), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_tells_of_the_database_and_its_nodes()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        StateOptions options = new() { Provider = StateProvider.PostgreSql, ConnectionString = database };
        CheckResult before = await new StateCheck(options).RunAsync(Cancelled);
        StudyResult result = await AnswerAsync();
        await using NodeHost node = await CreateAsync("n1", database, new FakePipeline((_, _) => Task.FromResult(result)));
        await node.StartAsync(Cancelled);

        CheckResult after = await new StateCheck(options).RunAsync(Cancelled);

        Assert.True(before.IsWell);
        Assert.Contains("brought up to date", before.Finding, StringComparison.Ordinal);
        Assert.True(after.IsWell);
        Assert.Contains("n1 (seen ", after.Finding, StringComparison.Ordinal);
        await node.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_one_line_that_names_the_database_and_not_the_password()
    {
        PostgresServer server = await PostgresServer.SharedAsync();
        NpgsqlConnectionStringBuilder wrong = new(await server.NewDatabaseAsync()) { Password = "wrong-secret" };

        IOException refused = await Assert.ThrowsAsync<IOException>(
            () => CreateAsync("n1", wrong.ConnectionString, new FakePipeline((_, _) => throw new InvalidOperationException())));
        CheckResult check = await new StateCheck(
            new StateOptions { Provider = StateProvider.PostgreSql, ConnectionString = wrong.ConnectionString }).RunAsync(Cancelled);

        Assert.False(check.IsWell);
        foreach (string message in new[] { refused.Message, check.Finding })
        {
            Assert.Contains($"127.0.0.1:{server.Port}/{wrong.Database}", message, StringComparison.Ordinal);
            Assert.DoesNotContain("wrong-secret", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tables_of_a_newer_version_are_refused()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        FakePipeline pipeline = new((_, _) => throw new InvalidOperationException());
        await (await CreateAsync("n1", database, pipeline)).DisposeAsync();
        await using (NpgsqlDataSource source = NpgsqlDataSource.Create(database))
        await using (NpgsqlCommand command = source.CreateCommand(
            """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('99990101000000_Newer', '99')"""))
            await command.ExecuteNonQueryAsync(Cancelled);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => CreateAsync("n1", database, pipeline));

        Assert.Contains("99990101000000_Newer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_for_a_state_in_a_file_say_that_it_is_in_the_database()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        FakePipeline pipeline = new((_, _) => throw new InvalidOperationException());
        await (await CreateAsync("n1", database, pipeline)).DisposeAsync();
        NodeSettings shared = Settings("n1", database), file = Settings("n1", database);
        file.State = new StateOptions();

        string[] refusals =
        [
            (await Assert.ThrowsAsync<IOException>(() => JobsAccess.OpenAsync(shared, null, Cancelled))).Message,
            (await Assert.ThrowsAsync<IOException>(() => JobsAccess.OpenAsync(file, null, Cancelled))).Message,
            (await Assert.ThrowsAsync<InvalidDataException>(
                () => RouteDryRun.PlanAsync(shared, Instances.Study, DateTimeOffset.UnixEpoch, Cancelled))).Message,
            (await Assert.ThrowsAsync<BackupException>(
                () => new NodeBackup(_folder.Path).WriteAsync(Path.Combine(_folder.Path, "b.tar"), null, Cancelled))).Message,
        ];

        Assert.All(refusals, message => Assert.Contains("PostgreSQL", message, StringComparison.Ordinal));
        Assert.All(refusals, message => Assert.DoesNotContain('\n', message));
    }

    [Fact]
    public async Task A_running_node_has_the_jobs_of_all()
    {
        string database = await (await PostgresServer.SharedAsync()).NewDatabaseAsync();
        StudyResult result = await AnswerAsync();
        FakePipeline pipeline = new((_, _) => Task.FromResult(result));
        await using NodeHost first = await CreateAsync("n1", database, pipeline);
        await using NodeHost second = await CreateAsync("n2", database, pipeline);
        await first.StartAsync(Cancelled);
        await second.StartAsync(Cancelled);
        using StudySubscription firstStudies = first.Studies.Subscribe(), secondStudies = second.Studies.Subscribe();
        await SendAsync(first, 1);
        await await Task.WhenAny(
            firstStudies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered),
            secondStudies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered));

        foreach (string node in new[] { "n1", "n2" })
        {
            await using IJobs jobs = await JobsAccess.OpenAsync(Settings(node, database), null, Cancelled);
            Assert.Equal(Instances.Study, Assert.Single(await jobs.ListAsync(new JobFilter([], null), Cancelled)).StudyInstanceUid);
        }

        await first.StopAsync(Cancelled);
        await second.StopAsync(Cancelled);
    }

    private async Task<StudyResult> AnswerAsync() => new()
    {
        StudyInstanceUid = Instances.Study,
        Outcome = StudyOutcome.Answered,
        Results =
        [
            new ResultFile(
                await Instances.WriteResultAsync(_folder, ResultSop), ResultKind.SC,
                DicomUID.SecondaryCaptureImageStorage.UID, ResultSop, Instances.Study + ".9"),
        ],
    };

    private Task<NodeHost> CreateAsync(string name, string database, IStudyPipeline pipeline) => NodeHost.CreateAsync(
        Settings(name, database), services: services => services.AddSingleton(pipeline), cancellationToken: Cancelled);

    private NodeSettings Settings(string name, string database) =>
        new()
        {
            Node = new NodeOptions
            {
                Name = name,
                BindAddress = "127.0.0.1",
                Port = 0,
                DataDirectory = _folder.Path,
                AcceptUnknownPeers = true,
                Peers =
                {
                    ["PACS"] = new PeerOptions { AeTitle = "PACS", Host = "127.0.0.1", Port = _pacs.Port, ReceivesResults = true },
                },
            },
            State = new StateOptions
            {
                Provider = StateProvider.PostgreSql,
                ConnectionString = database,
                PollInterval = TimeSpan.FromMilliseconds(100),
            },
            Assembly = new AssemblyOptions { QuietPeriod = TimeSpan.FromSeconds(1), AttemptDelay = TimeSpan.Zero },
        };

    private static async Task SendAsync(NodeHost node, int number)
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr($"{Instances.Study}.1.{number}"))
        {
            OnResponseReceived = (_, response) => status = response.Status,
        });
        await client.SendAsync(Cancelled);
        Assert.Equal(DicomStatus.Success, status);
    }
}
