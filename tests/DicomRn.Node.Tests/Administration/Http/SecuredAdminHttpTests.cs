using System.Net.Http.Headers;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Tests.Support;
using DicomRn.TestSupport;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Node.Tests.Administration.Http;

/// <summary>The administration interface over TLS.</summary>
public sealed class SecuredAdminHttpTests : IDisposable
{
    private readonly NodeFolder _folder = new();
    private readonly TemporaryFolder _certificates = new();
    private readonly TestCertificates _authority;

    public SecuredAdminHttpTests() => _authority = new TestCertificates(_certificates.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Jobs_trust_the_certificate_that_the_data_directory_names_and_no_other()
    {
        NodeSettings settings = Settings(_authority.Issue("admin", selfSigned: true));
        await using NodeHost node = await NodeHost.CreateAsync(settings, cancellationToken: Token);
        await node.StartAsync(Token);
        Assert.Equal("https", node.AdministrationAddress!.Scheme);

        await using (IJobs jobs = await JobsAccess.OpenAsync(settings, null, Token))
            Assert.Empty((await jobs.GetStatusAsync(Token)).Studies);

        string endpoint = Path.Combine(_folder.Path, "admin", "endpoint.json");
        string text = await File.ReadAllTextAsync(endpoint, Token);
        string pin = text.Split("\"certificateSha256\":\"")[1].Split('"')[0];
        await File.WriteAllTextAsync(endpoint, text.Replace(pin, new string('0', pin.Length), StringComparison.Ordinal), Token);
        await using IJobs deceived = await JobsAccess.OpenAsync(settings, null, Token);
        await Assert.ThrowsAsync<IOException>(() => deceived.GetStatusAsync(Token));
        await node.StopAsync(Token);
    }

    [Fact]
    public async Task Without_TLS_it_is_not_answered()
    {
        await using NodeHost node = await NodeHost.CreateAsync(Settings(_authority.Issue("admin")), cancellationToken: Token);
        await node.StartAsync(Token);
        using HttpClient http = new() { BaseAddress = new UriBuilder(node.AdministrationAddress!) { Scheme = "http" }.Uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "x");

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/healthz", Token));
        await node.StopAsync(Token);
    }

    [Fact]
    public async Task Token_that_others_can_read_keeps_the_node_from_starting()
    {
        if (OperatingSystem.IsWindows())
            return;
        string token = Path.Combine(_certificates.Path, "token");
        await File.WriteAllTextAsync(token, new string('x', 32), Token);
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await using NodeHost node = await NodeHost.CreateAsync(
            Settings(_authority.Issue("admin"), ("Administration:Http:TokenFile", token)), cancellationToken: Token);

        InvalidDataException exposed = await Assert.ThrowsAsync<InvalidDataException>(() => node.StartAsync(Token));

        Assert.Contains($"{token} can be read or written by others", exposed.Message, StringComparison.Ordinal);
    }

    private NodeSettings Settings(TestCertificate certificate, params (string Name, string Value)[] more) => NodeSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(more.Select(m => KeyValuePair.Create(m.Name, (string?)m.Value)))
            {
                ["Node:BindAddress"] = "127.0.0.1",
                ["Node:Port"] = "0",
                ["Node:DataDirectory"] = _folder.Path,
                ["Administration:Http:Certificate:File"] = certificate.File,
                ["Administration:Http:Certificate:KeyFile"] = certificate.KeyFile,
            })
            .Build());
}
