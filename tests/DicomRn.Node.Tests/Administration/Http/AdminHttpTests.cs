using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Tests.Administration.Http;

/// <summary>A whole node and its administration interface.</summary>
public sealed class AdminHttpTests : IAsyncLifetime
{
    private const string Sop = Instances.Study + ".1.1";

    private readonly NodeFolder _folder = new();
    private readonly LogLines _log = new();
    private NodeHost _node = null!;
    private bool _isGone;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _node = await NodeHost.CreateAsync(
            Settings(), logging => logging.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(_log),
            services => services.AddSingleton<IStudyPipeline>(new FakePipeline((_, _) => throw new InvalidDataException("The model pack is damaged."))), Token);
        await _node.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isGone)
            await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Probes_need_no_token_and_everything_else_does()
    {
        using HttpClient http = new() { BaseAddress = _node.AdministrationAddress };

        Assert.Equal("ok", await http.GetStringAsync("/healthz", Token));
        Assert.Equal("ok", await http.GetStringAsync("/readyz", Token));
        foreach (string path in new[] { "status", "studies", "studies/1.2", "deliveries", "associations", "deletions" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/" + path, Token)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "0123456789abcdef0123456789abcdef");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/status", Token)).StatusCode);
        using HttpClient admin = Client();
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/v1/status", Token)).StatusCode);
    }

    [Fact]
    public async Task Token_and_address_can_be_read_by_the_owner_only()
    {
        string token = Path.Combine(_folder.Path, "admin", "token");
        Assert.Equal(64, (await File.ReadAllTextAsync(token, Token)).Trim().Length);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(token));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Path, "admin", "endpoint.json")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.Combine(_folder.Path, "admin")));
    }

    [Theory]
    [InlineData("Host", "rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Origin", "https://page.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    public async Task Page_of_another_site_in_a_browser_of_the_machine_is_refused_even_with_the_token(string header, string value, HttpStatusCode status)
    {
        using HttpClient http = Client();
        using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/status");
        request.Headers.TryAddWithoutValidation(header, value);

        HttpResponseMessage answer = await http.SendAsync(request, Token);

        Assert.Equal(status, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Study_is_shown_retried_and_discarded_through_the_running_node()
    {
        await NeedAttentionAsync();
        await using IJobs jobs = await JobsAccess.OpenAsync(Settings(), null, Token);

        StudyJob study = Assert.Single(await jobs.ListAsync(new JobFilter([StudyState.NeedsAttention], null), Token));
        Assert.Contains("The model pack is damaged", study.Reason, StringComparison.Ordinal);
        Assert.Equal(1, (await jobs.GetStatusAsync(Token)).Studies[StudyState.NeedsAttention]);

        using StudySubscription changes = _node.Studies.Subscribe();
        Assert.Equal(JobResult.Done, (await jobs.RetryAsync(Instances.Study, "me", Token)).Result);
        await changes.WaitForAsync(Instances.Study, Token, StudyState.NeedsAttention);
        await _node.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<HistoryRecorder>().Single().FlushAsync();
        StudyJobDetails details = (await jobs.FindAsync(Instances.Study, Token))!;
        Assert.Equal(
            ["Assembling", "Ready", "Processing", "NeedsAttention", "Ready", "Processing", "NeedsAttention"],
            details.History.Select(e => e.To.ToString()));

        Assert.Equal(JobResult.Done, (await jobs.DiscardAsync(Instances.Study, "me", "a test", Token)).Result);
        Assert.Null(await jobs.FindAsync(Instances.Study, Token));
        DeletionEntry deletion = Assert.Single(await jobs.GetDeletionsAsync(new JobFilter([], null), Token));
        Assert.Equal(("me", "a test", 1), (deletion.By, deletion.Reason, deletion.Instances));
        Assert.Equal(JobResult.NotFound, (await jobs.DiscardAsync(Instances.Study, "me", "", Token)).Result);

        // The node goes on: the same instance is a new study.
        Assert.Equal(DicomStatus.Success, await SendAsync(Sop));
    }

    [Fact]
    public async Task Status_tells_why_received_instances_cannot_be_stored_and_that_they_are_again()
    {
        string instances = Path.Combine(_folder.Path, "instances");
        await File.WriteAllTextAsync(instances, "no folder", Token);
        await using IJobs jobs = await JobsAccess.OpenAsync(Settings(), null, Token);
        Assert.Equal(new ReceptionStatus(0, null, false), (await jobs.GetStatusAsync(Token)).Reception);

        Assert.Equal(DicomStatus.Success, await SendAsync(Sop));

        ReceptionStatus failing = await UntilAsync(reception => reception.StoringFailure is not null);
        Assert.Equal(1, failing.Waiting);
        Assert.Contains(instances, failing.StoringFailure, StringComparison.Ordinal);
        File.Delete(instances);
        ReceptionStatus after = await UntilAsync(reception => reception.Waiting == 0);
        Assert.Null(after.StoringFailure);

        async Task<ReceptionStatus> UntilAsync(Func<ReceptionStatus, bool> wanted)
        {
            ReceptionStatus reception;
            do
                reception = (await jobs.GetStatusAsync(Token)).Reception!;
            while (!wanted(reception));
            return reception;
        }
    }

    [Fact]
    public async Task Associations_are_kept_with_how_many_instances_came_and_how_they_ended()
    {
        await SendAsync(Sop);
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(Sop, calling: "STRANGER"));
        HistoryRecorder history = _node.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<HistoryRecorder>().Single();
        await using IJobs jobs = await JobsAccess.OpenAsync(Settings(), null, Token);

        IReadOnlyList<AssociationEntry> entries;
        do
        {
            await history.FlushAsync();
            entries = await jobs.GetAssociationsAsync(new JobFilter([], null), Token);
        }
        while (entries.Count < 2 && !Token.IsCancellationRequested);

        AssociationEntry sent = entries.Single(a => a.CallingAeTitle == "MODALITY");
        Assert.Equal((AssociationEnd.Released, 1, 0, "127.0.0.1", "DICOMRN"), (sent.End, sent.Stored, sent.Refused, sent.Host, sent.CalledAeTitle));
        AssociationEntry rejected = entries.Single(a => a.CallingAeTitle == "STRANGER");
        Assert.Equal((AssociationEnd.Rejected, 0), (rejected.End, rejected.Stored));
        Assert.Contains("no peer has this AE title", rejected.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("studies?state=Lost", "state=Lost: one of Assembling, ")]
    [InlineData("studies?since=soon", "since=soon: a time such as ")]
    [InlineData("deliveries?limit=0", "limit=0: a number from 1 to 10000.")]
    public async Task Wrong_query_is_told_in_a_sentence(string path, string error)
    {
        using HttpClient http = Client();
        HttpResponseMessage answer = await http.GetAsync("/api/v1/" + path, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        Assert.StartsWith(error, body.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_work_on_the_data_directory_when_the_node_is_stopped()
    {
        await NeedAttentionAsync();
        await _node.StopAsync(Token);
        await _node.DisposeAsync();
        _isGone = true;
        Assert.False(File.Exists(Path.Combine(_folder.Path, "admin", "endpoint.json")));

        await using (IJobs jobs = await JobsAccess.OpenAsync(Settings(), null, Token))
        {
            Assert.Equal(StudyState.NeedsAttention, (await jobs.FindAsync(Instances.Study, Token))!.Study.State);
            Assert.Equal(JobResult.Done, (await jobs.DiscardAsync(Instances.Study, "me", "", Token)).Result);
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, "instances"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Half_a_request_does_not_keep_others_from_being_answered()
    {
        List<TcpClient> silent = [];
        for (int i = 0; i < 20; i++)
        {
            TcpClient client = new();
            await client.ConnectAsync(IPAddress.Loopback, _node.AdministrationAddress!.Port, Token);
            await client.GetStream().WriteAsync("GET /healthz HT"u8.ToArray(), Token);
            silent.Add(client);
        }

        using HttpClient http = Client();
        Assert.Equal("ok", await http.GetStringAsync("/healthz", Token));
        silent.ForEach(client => client.Dispose());
    }

    private async Task NeedAttentionAsync()
    {
        using StudySubscription changes = _node.Studies.Subscribe();
        Assert.Equal(DicomStatus.Success, await SendAsync(Sop));
        await changes.WaitForAsync(Instances.Study, Token, StudyState.NeedsAttention);
    }

    private HttpClient Client()
    {
        HttpClient http = new() { BaseAddress = _node.AdministrationAddress };
        string token = File.ReadAllText(Path.Combine(_folder.Path, "admin", "token")).Trim();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private NodeSettings Settings() => NodeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:BindAddress"] = "127.0.0.1",
            ["Node:Port"] = "0",
            ["Node:DataDirectory"] = _folder.Path,
            ["Node:Peers:MR:AeTitle"] = "MODALITY",
            ["Assembly:QuietPeriod"] = "00:00:00.200",
            ["Assembly:MaximumAttempts"] = "1",
        })
        .Build());

    private async Task<DicomStatus?> SendAsync(string sop, string calling = "MODALITY")
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", _node.Port, false, calling, "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr(sop)) { OnResponseReceived = (_, response) => status = response.Status });
        await client.SendAsync(Token);
        return status;
    }
}
