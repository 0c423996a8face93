using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Tests.Administration.Audit;

/// <summary>The whole way of a study, and where its patient is named.</summary>
public sealed class PatientDataTests : IDisposable
{
    private const string PatientId = "SECRET-4711";
    private const string PatientName = "Geheim^Gisela";
    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Audit_trail_tells_who_sent_what_was_processed_and_what_was_sent_where_and_only_it_names_the_patient()
    {
        using FakePacs pacs = FakePacs.Willing();
        LogLines log = new();
        string result = await Instances.WriteResultAsync(_folder, Instances.Study + ".9.1");
        FakePipeline pipeline = new((_, _) => Task.FromResult(new StudyResult
        {
            StudyInstanceUid = Instances.Study,
            Outcome = StudyOutcome.Answered,
            Results = [new ResultFile(result, ResultKind.SC, DicomUID.SecondaryCaptureImageStorage.UID, Instances.Study + ".9.1", Instances.Study + ".9")],
        }));
        await using (NodeHost node = await NodeHost.CreateAsync(
            Settings(pacs.Port), logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log),
            services => services.AddSingleton<IStudyPipeline>(pipeline), Token))
        {
            await node.StartAsync(Token);
            using StudySubscription changes = node.Studies.Subscribe();
            await SendAsync(node, "MODALITY");
            await changes.WaitForAsync(Instances.Study, Token, StudyState.Delivered);
            await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(node, "STRANGER"));
            await using (IJobs jobs = await JobsAccess.OpenAsync(Settings(pacs.Port), null, Token))
                await jobs.DiscardAsync(Instances.Study, "me", "a test", Token);
            await node.StopAsync(Token);
        }

        string[] messages = [.. Directory.EnumerateFiles(Path.Combine(_folder.Path, "audit"), "*.log").SelectMany(File.ReadLines)];
        Assert.All(messages, message => Assert.Empty(AuditSchema.Validate(message)));
        string[] events = [.. messages.Select(m => System.Xml.Linq.XElement.Parse(m).Descendants("EventID").Single().Attribute("originalText")!.Value)];
        Assert.Equal("Application Activity", events[0]);
        Assert.Equal("Application Activity", events[^1]);
        Assert.Equal(
            [
                "Begin Transferring DICOM Instances", "DICOM Instances Accessed", "DICOM Instances Transferred",
                "DICOM Instances Transferred", "DICOM Study Deleted", "Security Alert",
            ],
            events[1..^1].Where(e => e != "Query").Order(StringComparer.Ordinal));
        Assert.Contains("Query", events);
        // Whether the destination has the results is asked by their UIDs.
        foreach (string message in messages.Where(m => !m.Contains("Application Activity", StringComparison.Ordinal) && !m.Contains("\"Query\"", StringComparison.Ordinal) && !m.Contains("Security Alert", StringComparison.Ordinal)))
            Assert.Contains($"ParticipantObjectID=\"{PatientId}\"", message, StringComparison.Ordinal);

        // Nowhere else: not in the log, not in the state store, not in what the node keeps for itself but the images, in files and as
        // they came.
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => Names(line));
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("audit", StringComparison.Ordinal) && !f.EndsWith(".dcm", StringComparison.Ordinal)
                && !Path.GetFileName(f).StartsWith("segment-", StringComparison.Ordinal)))
            Assert.False(Names(System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token))), file);
    }

    private static bool Names(string text) =>
        text.Contains(PatientId, StringComparison.Ordinal) || text.Contains("Geheim", StringComparison.Ordinal);

    private static async Task SendAsync(NodeHost node, string calling)
    {
        DicomFile file = Instances.Mr(Instances.Study + ".1.1", patientId: PatientId);
        file.Dataset.AddOrUpdate(DicomTag.PatientName, PatientName);
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, calling, "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(file));
        await client.SendAsync(Token);
    }

    private NodeSettings Settings(int pacsPort) => NodeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:BindAddress"] = "127.0.0.1",
            ["Node:Port"] = "0",
            ["Node:DataDirectory"] = _folder.Path,
            ["Node:Peers:MR:AeTitle"] = "MODALITY",
            ["Node:Peers:PACS:AeTitle"] = "PACS",
            ["Node:Peers:PACS:Host"] = "127.0.0.1",
            ["Node:Peers:PACS:Port"] = pacsPort.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Node:Peers:PACS:ReceivesResults"] = "true",
            ["Assembly:QuietPeriod"] = "00:00:00.200",
        })
        .Build());
}
