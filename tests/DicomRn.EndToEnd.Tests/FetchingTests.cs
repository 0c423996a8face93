using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>
/// Follow-up images are sent to the node; the contours, the planning images that they were drawn on and what the node reported before are
/// in Orthanc, in other studies of the patient and another frame of reference.
/// </summary>
[Collection(SideBySide.Peers)]
public sealed class FetchingTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly ScratchFolder _folder = new();
    private readonly int[] _ports = Loopback.FreePorts(2);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Get")]
    [InlineData("Move")]
    public async Task Contours_in_the_PACS_alone_are_fetched_and_carried_over_and_a_second_time_point_keeps_their_identity(string method)
    {
        OrthancServer.Require();
        NodeProgram.RequireSender();
        await using OrthancServer orthanc = await OrthancServer.StartAsync(_folder["orthanc"], _ports[0], "DICOMRN", _ports[1]);
        await StudyAsync("planning", "20260105", "1,1,2", "rtstruct", "--oblique", "12,-6");
        string first = await StudyAsync("first", "20260301", "1,1,2", "none");
        string second = await StudyAsync("second", "20260601", "1.1,1.1,2", "none");
        await StoreInPacsAsync(_folder["planning"]);
        NodeProgram program = Node(method);
        await using RunningProgram node = await program.StartAsync();
        (int checkedCode, string check, string checkError) = await program.RunAsync("check");
        Assert.Contains("answers C-FIND", check + checkError, StringComparison.Ordinal);
        Assert.Equal(0, checkedCode);

        await program.SendAsync(_folder["first"]);
        IReadOnlyList<OrthancInstance> results = await ResultsAsync(orthanc, first, node);
        string segments = await TrackingUidAsync(orthanc, results);
        Assert.Contains(results, r => r.Modality == "REG");

        await program.SendAsync(_folder["second"]);
        IReadOnlyList<OrthancInstance> later = await ResultsAsync(orthanc, second, node);
        Assert.Equal(segments, await TrackingUidAsync(orthanc, later));
        string report = await DownloadAsync(orthanc, later.Single(r => r.Modality == "SR"));
        string text = await DicomValidators.DsrdumpAsync(report, Cancelled);
        Assert.Contains("Lesion 1 over time: 20260301 ", text, StringComparison.Ordinal);
        Assert.Contains("\"Time Point\")=\"20260301\"", text, StringComparison.Ordinal);
        Assert.Contains("of 20260105", text, StringComparison.Ordinal);
        await DicomValidators.DciodvfyAcceptsAsync(report, Cancelled);
        await DicomValidators.PixelMedAcceptsAsync(report, Cancelled);

        // What was fetched is no study of its own, and its record tells where it came from.
        JsonNode jobs = JsonNode.Parse(await OutputAsync(program, "jobs", "list", "--json"))!;
        Assert.Equal(2, jobs.AsArray().Count);
        string shown = await OutputAsync(program, "jobs", "show", second);
        Assert.Contains("Asked for", shown, StringComparison.Ordinal);
        Assert.Contains("Taken", shown, StringComparison.Ordinal);
        Assert.Equal(3, await orthanc.StudyCountAsync(Cancelled));

        // The audit trail tells of the query of another process, too: that of the check above.
        await Eventually.GetAsync("the query of the check in the audit trail", Limit, _ => Task.FromResult(
            AuditedQueries().Any(query => query.Descendants("ActiveParticipant").First().Attribute("UserID")!.Value != node.Id.ToString(CultureInfo.InvariantCulture)) ? "" : null));
        Assert.Empty(Directory.GetFiles(_folder["node", "audit"], "command-*"));
    }

    [Fact]
    public async Task Contours_that_are_sent_days_later_under_the_planning_study_re_open_the_follow_up()
    {
        OrthancServer.Require();
        NodeProgram.RequireSender();
        await using OrthancServer orthanc = await OrthancServer.StartAsync(_folder["orthanc"], _ports[0], "DICOMRN", _ports[1]);
        await StudyAsync("planning", "20260105", "1,1,2", "rtstruct", "--oblique", "12,-6");
        string first = await StudyAsync("first", "20260301", "1,1,2", "none");
        NodeProgram program = Node("None");
        await using RunningProgram node = await program.StartAsync();
        await program.SendAsync(_folder["first"]);
        await AnsweredAsync(orthanc, first, node, instances => instances.Count(i => i.Modality == "SR") == 1);

        await program.SendAsync(_folder["planning"]);
        IReadOnlyList<OrthancInstance> results = await AnsweredAsync(
            orthanc, first, node, instances => instances.Count(i => i.Modality == "SR") == 2 && instances.Any(i => i.Modality == "SEG"));

        string[] reports = [.. results.Where(r => r.Modality == "SR").Select(r => r.SopInstanceUid)];
        List<string> predecessors = [];
        foreach (OrthancInstance report in results.Where(r => r.Modality == "SR"))
        {
            DicomDataset dataset = (await DicomFile.OpenAsync(await DownloadAsync(orthanc, report))).Dataset;
            if (dataset.TryGetSequence(DicomTag.PredecessorDocumentsSequence, out DicomSequence? before))
                predecessors.Add(before.Items[0].GetSequence(DicomTag.ReferencedSeriesSequence).Items[0]
                    .GetSequence(DicomTag.ReferencedSOPSequence).Items[0].GetString(DicomTag.ReferencedSOPInstanceUID));
        }

        Assert.Contains(Assert.Single(predecessors), reports);
    }

    private IEnumerable<XElement> AuditedQueries() => Directory.EnumerateFiles(_folder["node", "audit"], "audit-*.log").SelectMany(File.ReadLines)
        .Select(XElement.Parse)
        .Where(message => message.Descendants("EventID").Single().Attribute("originalText")!.Value == "Query");

    private NodeProgram Node(string method) => new(
        _folder, _ports[0], $"Node:Peers:PACS:Fetch={method}", "Fetching:MoveAeTitle=DICOMRN",
        FormattableString.Invariant($"Fetching:MovePort={_ports[1]}"), $"Fetching:OwnStore={method == "None"}", "Reporting:OverlaySlices=1");

    private async Task<string> StudyAsync(string name, string date, string spacing, string contours, params string[] more)
    {
        (int exitCode, _, string error) = await DicomRnProgram.RunAsync(
            _folder.Path,
            ["phantom", "study", "--output", _folder[name], "--seed", "11", "--lesions", "1", "--spacing", spacing, "--contours", contours, .. more]);
        Assert.True(exitCode == 0, error);
        string study = "";
        foreach (string path in Directory.EnumerateFiles(_folder[name], "*.dcm", SearchOption.AllDirectories))
        {
            DicomDataset dataset = (await DicomFile.OpenAsync(path, FileReadOption.ReadAll)).Dataset;
            dataset.AddOrUpdate(DicomTag.StudyDate, date);
            study = dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID);
            await new DicomFile(dataset).SaveAsync(path);
        }

        return study;
    }

    private async Task StoreInPacsAsync(string folder)
    {
        (int exitCode, string output, string error) = await ExternalTool.RunAsync(
            NodeProgram.RequireSender(),
            [
                "-R", "-aet", "DICOMRN", "-aec", OrthancServer.AeTitle, "+sd", "+r", "+sp", "*.dcm", "127.0.0.1",
                _ports[0].ToString(CultureInfo.InvariantCulture), folder,
            ],
            Cancelled);
        Assert.True(exitCode == 0, output + error);
    }

    private static Task<IReadOnlyList<OrthancInstance>> ResultsAsync(OrthancServer orthanc, string study, RunningProgram node) =>
        AnsweredAsync(orthanc, study, node, instances => new[] { "SR", "SEG" }.All(m => instances.Count(i => i.Modality == m) == 1));

    private static async Task<IReadOnlyList<OrthancInstance>> AnsweredAsync(
        OrthancServer orthanc, string study, RunningProgram node, Func<IReadOnlyList<OrthancInstance>, bool> isThere)
    {
        try
        {
            return await Eventually.GetAsync($"the results of {study}", Limit, async cancellationToken =>
            {
                IReadOnlyList<OrthancInstance> instances = await orthanc.InstancesAsync(study, cancellationToken);
                return isThere(instances) ? instances : null;
            });
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{node.Error}", e);
        }
    }

    private async Task<string> TrackingUidAsync(OrthancServer orthanc, IReadOnlyList<OrthancInstance> results)
    {
        DicomDataset segmentation = (await DicomFile.OpenAsync(await DownloadAsync(orthanc, results.Single(r => r.Modality == "SEG")))).Dataset;
        return Assert.Single(segmentation.GetSequence(DicomTag.SegmentSequence).Items).GetString(DicomTag.TrackingUID);
    }

    private async Task<string> DownloadAsync(OrthancServer orthanc, OrthancInstance instance)
    {
        string file = _folder[$"{instance.SopInstanceUid}.dcm"];
        await orthanc.DownloadAsync(instance, file, Cancelled);
        return file;
    }

    private static async Task<string> OutputAsync(NodeProgram program, params string[] arguments)
    {
        (int exitCode, string output, string error) = await program.RunAsync(arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
