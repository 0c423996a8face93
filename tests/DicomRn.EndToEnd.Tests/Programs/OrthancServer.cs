using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>
/// Orthanc of the Debian package as a PACS with an empty database in a scratch folder. Its DICOM port listens on all
/// addresses (Orthanc has no setting for that) but accepts the known peer on 127.0.0.1 only.
/// </summary>
internal sealed class OrthancServer : IAsyncDisposable
{
    public const string AeTitle = "ORTHANC";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly RunningProgram _program;
    private readonly HttpClient _http;

    private OrthancServer(RunningProgram program, int dicomPort, int httpPort)
    {
        _program = program;
        StoragePort = dicomPort;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}/") };
    }

    public int StoragePort { get; }

    /// <summary>Skips the test where Orthanc is not installed.</summary>
    public static string Require() => ExternalTool.Require("Orthanc", "orthanc");

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="folder">An empty folder for configuration and database.</param>
    /// <param name="dicomPort">The port of its storage SCP.</param>
    /// <param name="callingAeTitle">The AE title that may send to it.</param>
    /// <param name="callingPort">The port under which it reaches that peer, for C-MOVE and for reports of storage commitment.</param>
    public static async Task<OrthancServer> StartAsync(string folder, int dicomPort, string callingAeTitle, int callingPort = 104)
    {
        string program = Require();
        Directory.CreateDirectory(folder);
        int httpPort = Loopback.FreePorts(1)[0];
        string configuration = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(configuration, Configuration(folder, dicomPort, httpPort, callingAeTitle, callingPort).ToJsonString());
        // Debian's DCMTK otherwise leaves Nagle's algorithm on, which costs 40 ms per instance.
        RunningProgram running = RunningProgram.Start(program, [configuration], folder, new Dictionary<string, string> { ["TCP_NODELAY"] = "1" });
        OrthancServer server = new(running, dicomPort, httpPort);
        await Eventually.GetAsync("Orthanc to answer", StartLimit, async cancellationToken =>
        {
            try
            {
                return (await server.GetAsync("system", cancellationToken))?.AsObject();
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
        return server;
    }

    /// <summary>The instances of a study, with the tags that Orthanc indexes, the study and series UIDs and its own identifier.</summary>
    public async Task<IReadOnlyList<OrthancInstance>> InstancesAsync(string studyInstanceUid, CancellationToken cancellationToken)
    {
        JsonArray series = await FindAsync("Series", studyInstanceUid, cancellationToken);
        List<OrthancInstance> instances = [];
        foreach (JsonNode? one in series)
        {
            JsonNode tags = one!["MainDicomTags"]!;
            foreach (JsonNode? id in one["Instances"]!.AsArray())
            {
                JsonNode instance = (await GetAsync($"instances/{id}", cancellationToken))!;
                instances.Add(new OrthancInstance(
                    id!.GetValue<string>(),
                    instance["MainDicomTags"]!["SOPInstanceUID"]!.GetValue<string>(),
                    tags["SeriesInstanceUID"]!.GetValue<string>(),
                    tags["Modality"]?.GetValue<string>() ?? ""));
            }
        }

        return instances;
    }

    /// <summary>How many studies it holds.</summary>
    public async Task<int> StudyCountAsync(CancellationToken cancellationToken) =>
        (await GetAsync("studies", cancellationToken))!.AsArray().Count;

    /// <summary>Writes the file of an instance as it arrived.</summary>
    public async Task DownloadAsync(OrthancInstance instance, string path, CancellationToken cancellationToken)
    {
        await using Stream content = await _http.GetStreamAsync(new Uri($"instances/{instance.Id}/file", UriKind.Relative), cancellationToken);
        await using FileStream file = File.Create(path);
        await content.CopyToAsync(file, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _program.DisposeAsync();
    }

    private static JsonObject Configuration(string folder, int dicomPort, int httpPort, string callingAeTitle, int callingPort) => new()
    {
        ["Name"] = "test",
        ["StorageDirectory"] = Path.Combine(folder, "db"),
        ["IndexDirectory"] = Path.Combine(folder, "db"),
        ["Plugins"] = new JsonArray(),
        ["HttpPort"] = httpPort,
        ["RemoteAccessAllowed"] = false,
        ["AuthenticationEnabled"] = false,
        ["DicomAet"] = AeTitle,
        ["DicomPort"] = dicomPort,
        ["DicomCheckCalledAet"] = true,
        ["DicomCheckModalityHost"] = true,
        ["DicomAlwaysAllowEcho"] = false,
        ["DicomAlwaysAllowStore"] = false,
        ["OverwriteInstances"] = false,
        ["DicomModalities"] = new JsonObject { ["node"] = new JsonArray(callingAeTitle, "127.0.0.1", callingPort) },
    };

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), cancellationToken);

    private async Task<JsonArray> FindAsync(string level, string studyInstanceUid, CancellationToken cancellationToken)
    {
        JsonObject query = new()
        {
            ["Level"] = level,
            ["Expand"] = true,
            ["Query"] = new JsonObject { ["StudyInstanceUID"] = studyInstanceUid },
        };
        using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri("tools/find", UriKind.Relative), query, cancellationToken);
        response.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonArray>(await response.Content.ReadAsStringAsync(cancellationToken))!;
    }
}
