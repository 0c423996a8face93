using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Tests.State;

/// <summary>Databases that released versions have left, brought up to date. A migration needs the database of the version before it here.</summary>
public sealed class MigrationTests : IDisposable
{
    private const string Studies = "1.2.826.0.1.3680043.2.77.";
    private readonly NodeFolder _folder = new();

    public static TheoryData<string> Versions =>
        new(typeof(MigrationTests).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".db", StringComparison.Ordinal)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Database_of_an_older_version_is_upgraded_with_every_row_intact(string version)
    {
        await PlaceAsync(version);

        await using TestStore upgraded = await TestStore.OpenAsync(_folder);

        StudyRecord[] studies = await upgraded.Store.ReadAsync(db => db.Studies.OrderBy(s => s.StudyInstanceUid).ToArrayAsync(Token));
        Assert.Equal(
            ["Assembling", "Ready", "Processing", "Delivering", "Delivered", "NothingToDo", "NeedsAttention", "FailedDelivery"],
            studies.Select(s => s.State.ToString()));
        Assert.Equal(Enumerable.Range(1, 8).Select(n => Studies + n), studies.Select(s => s.StudyInstanceUid));
        Assert.All(studies, s => Assert.Equal((1, 1, 32), (s.Revision, s.InstanceCount, s.PatientKey!.Length)));
        Assert.Equal((StudyStep.Matching, "ProcessingFailed"), (studies[2].Step, studies[6].ReasonCode));
        InstanceRecord[] instances = await upgraded.Store.ReadAsync(db => db.Instances.OrderBy(i => i.SopInstanceUid).ToArrayAsync(Token));
        Assert.Equal(Enumerable.Range(1, 8).Select(n => 1000L + n), instances.Select(i => i.Size));
        DeliveryRecord[] deliveries = await upgraded.Store.ReadAsync(db => db.Deliveries.OrderBy(d => d.Id).ToArrayAsync(Token));
        Assert.Equal(
            [(DeliveryState.Queued, (int?)null), (DeliveryState.Delivered, 0), (DeliveryState.Failed, 0x122)],
            deliveries.Select(d => (d.State, d.LastStatus)));
        Assert.Equal(3, await upgraded.Store.ReadAsync(db => db.Results.CountAsync(Token)));
        Assert.Equal(3, await upgraded.Store.ReadAsync(db => db.StudyResults.CountAsync(Token)));
        Assert.Equal(1, await upgraded.Store.ReadAsync(db => db.Quarantine.CountAsync(Token)));
        Assert.Equal(
            (0, 0, 0, 0),
            await upgraded.Store.ReadAsync(async db => (
                await db.StudyEvents.CountAsync(Token), await db.Associations.CountAsync(Token),
                await db.DeliveryAttempts.CountAsync(Token), await db.Deletions.CountAsync(Token))));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Database_whose_upgrade_was_killed_is_upgraded_by_the_next_start(string version)
    {
        await PlaceAsync(version);
        await using (Microsoft.Data.Sqlite.SqliteConnection database = new($"Data Source={_folder.Folders.Database};Pooling=False"))
        {
            await database.OpenAsync(Token);
            using Microsoft.Data.Sqlite.SqliteCommand command = database.CreateCommand();
            // As EF Core leaves it.
            command.CommandText = "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); "
                + "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-03-01 08:00:00+00:00')";
            await command.ExecuteNonQueryAsync(Token);
        }

        await using TestStore upgraded = await TestStore.OpenAsync(_folder).WaitAsync(TimeSpan.FromMinutes(1), Token);

        Assert.Equal(8, await upgraded.Store.ReadAsync(db => db.Studies.CountAsync(Token)));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Node_starts_on_it_and_goes_on_where_the_older_version_was(string version)
    {
        await PlaceAsync(version);
        using FakePacs pacs = FakePacs.Willing();
        FakePipeline pipeline = new((input, _) => Task.FromResult(Results.NothingToDo with { StudyInstanceUid = input.StudyInstanceUid }));
        await using NodeHost node = await NodeHost.CreateAsync(
            Settings(pacs.Port), services: services => services.AddSingleton<IStudyPipeline>(pipeline), cancellationToken: Token);
        using StudySubscription changes = node.Studies.Subscribe();
        await node.StartAsync(Token);

        HashSet<string> done = [];
        await foreach (StudyChanged change in changes.WithCancellation(Token))
        {
            if (change.To == StudyState.NothingToDo)
                done.Add(change.StudyInstanceUid);
            if (done.Count == 3)
                break;
        }

        // What was arriving, ready and being processed.
        Assert.Equal([Studies + 1, Studies + 2, Studies + 3], done.Order(StringComparer.Ordinal));
        await node.StopAsync(Token);
    }

    private async Task PlaceAsync(string version)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Folders.Database)!);
        await using Stream stored = typeof(MigrationTests).Assembly.GetManifestResourceStream(version)!;
        await using FileStream file = File.Create(_folder.Folders.Database);
        await stored.CopyToAsync(file, Token);
    }

    private NodeSettings Settings(int pacsPort) => NodeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:BindAddress"] = "127.0.0.1",
            ["Node:Port"] = "0",
            ["Node:DataDirectory"] = _folder.Path,
            ["Node:Peers:PACS:AeTitle"] = "PACS",
            ["Node:Peers:PACS:Host"] = "127.0.0.1",
            ["Node:Peers:PACS:Port"] = pacsPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Node:Peers:PACS:ReceivesResults"] = "true",
        })
        .Build());
}
