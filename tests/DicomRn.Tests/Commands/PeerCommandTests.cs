using System.Globalization;
using System.Text.Json;
using DicomRn.Tests.CommandLine;
using DicomRn.Tests.Support;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Commands;

/// <summary><c>echo</c>, <c>find</c>, <c>get</c> and <c>send</c> against an archive over real sockets.</summary>
public sealed class PeerCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates;
    private readonly TestCertificate _own;
    private readonly TestCertificate _archiveOwn;

    public PeerCommandTests()
    {
        _certificates = new TestCertificates(_folder.Path);
        _own = _certificates.Issue("own");
        _archiveOwn = _certificates.Issue("archive");
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("find")]
    [InlineData("get")]
    [InlineData("send")]
    public async Task Command_calls_over_mutual_TLS(string command)
    {
        using OneInstanceArchive archive = new(_archiveOwn, _own);
        CommandLineRun run = await RunAsync(archive, command, [.. Tls(_certificates.AuthorityFile), .. OwnCertificate]);
        Assert.Equal((0, ""), (run.ExitCode, command == "find" ? "" : run.Error));
        AssertDone(command, run);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("find")]
    [InlineData("get")]
    [InlineData("send")]
    public async Task Archive_of_another_authority_is_refused_in_one_line(string command)
    {
        using TestCertificates another = new(Directory.CreateDirectory(_folder["another"]).FullName, "Another CA");
        using OneInstanceArchive archive = new(_archiveOwn);
        CommandLineRun run = await RunAsync(archive, command, Tls(another.AuthorityFile));
        AssertOneLine(run, $"dicomrn: {archive.Address}: ", "no trusted authority vouches for it");
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("find")]
    [InlineData("get")]
    [InlineData("send")]
    public async Task Archive_that_wants_a_certificate_and_gets_none_is_told_in_one_line(string command)
    {
        using OneInstanceArchive archive = new(_archiveOwn, _own);
        CommandLineRun run = await RunAsync(archive, command, Tls(_certificates.AuthorityFile));
        AssertOneLine(run, $"dicomrn: {archive.Address}: ", "");
    }

    [Theory]
    [InlineData("--tls-pin")]
    [InlineData("--tls-no-verify")]
    [InlineData("--tls-ca", "--tls-host", "localhost")]
    [InlineData("--tls-ca", "--tls-no-verify-host")]
    public async Task Query_trusts_what_its_options_say(params string[] options)
    {
        using OneInstanceArchive archive = new(_archiveOwn);
        string[] given = options[0] switch
        {
            "--tls-pin" => ["--tls-pin", _archiveOwn.Fingerprint],
            "--tls-ca" => ["--tls-ca", _certificates.AuthorityFile, .. options[1..]],
            _ => options,
        };
        CommandLineRun run = await RunAsync(archive, "find", given);
        Assert.Equal(0, run.ExitCode);
        AssertDone("find", run);
    }

    [Fact]
    public async Task Query_refuses_a_certificate_of_another_host()
    {
        using OneInstanceArchive archive = new(_certificates.Issue("elsewhere", dnsName: "pacs.example"));
        CommandLineRun run = await RunAsync(archive, "find", Tls(_certificates.AuthorityFile));
        AssertOneLine(run, $"dicomrn: {archive.Address}: ", "not for 127.0.0.1");
    }

    [Theory]
    [InlineData("get")]
    [InlineData("send")]
    public async Task What_the_archive_sends_back_is_taken_over_TLS_and_not_in_plain(string command)
    {
        using OneInstanceArchive archive = new(_archiveOwn, _own) { ReversePort = OneInstanceArchive.FreePort(), TriesInPlain = true };
        string port = archive.ReversePort.Value.ToString(CultureInfo.InvariantCulture);
        string[] listening = command == "get"
            ? ["--move-to", "DICOMRN", "--listen", port, "--bind", "127.0.0.1"]
            : ["--commit", "--listen", port, "--bind", "127.0.0.1"];
        CommandLineRun run = await RunAsync(archive, command, [.. listening, .. Tls(_certificates.AuthorityFile), .. OwnCertificate]);
        Assert.Equal(0, run.ExitCode);
        AssertDone(command, run);
        Assert.IsAssignableFrom<DicomException>(archive.PlainFailure);
        if (command == "send")
            Assert.Contains("1 committed", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "--tls", "--study", "1.2", "--output", "x", "--move-to", "ME")]
    [InlineData("send", "--tls", "x", "--commit")]
    [InlineData("send", "--tls-no-verify", "x", "--commit")]
    public async Task Listening_over_TLS_needs_a_certificate(string command, params string[] options)
    {
        CommandLineRun run = await CommandLineRun.OfAsync([command, "PACS@127.0.0.1:104", .. options, "--listen", "11112"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--listen: listening over TLS needs a certificate", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_without_a_certificate_is_wrong_usage()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("echo", "PACS@127.0.0.1:104", "--tls-key", _own.KeyFile);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("belong to --tls-cert", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_to_listen_on_belongs_to_a_port()
    {
        CommandLineRun run = await CommandLineRun.OfAsync("send", "PACS@127.0.0.1:104", "x", "--commit", "--bind", "127.0.0.1");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--bind belongs to --listen", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_of_commitment_is_taken_at_the_address_given()
    {
        using OneInstanceArchive archive = new() { ReversePort = OneInstanceArchive.FreePort() };
        string port = archive.ReversePort.Value.ToString(CultureInfo.InvariantCulture);
        CommandLineRun run = await RunAsync(archive, "send", ["--commit", "--listen", port, "--bind", "127.0.0.1"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1 committed", run.Output, StringComparison.Ordinal);

        CommandLineRun elsewhere = await RunAsync(archive, "send", ["--commit", "--listen", port, "--bind", "192.0.2.1"]);
        Assert.Equal(1, elsewhere.ExitCode);
    }

    [Fact]
    public async Task Archive_that_does_not_answer_an_instance_in_time_ends_with_1()
    {
        using OneInstanceArchive archive = new() { IsSilent = true };
        CommandLineRun run = await RunAsync(archive, "send", ["--timeout", "00:00:00.3"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Echo_is_told_as_JSON()
    {
        using OneInstanceArchive archive = new(_archiveOwn);
        CommandLineRun run = await RunAsync(archive, "echo", ["--json", "--calling", "WATCH", .. Tls(_certificates.AuthorityFile)]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using JsonDocument answer = JsonDocument.Parse(run.Output);
        Assert.Equal(archive.Address, answer.RootElement.GetProperty("peer").GetString());
        Assert.Equal("WATCH", answer.RootElement.GetProperty("callingAeTitle").GetString());
        Assert.True(answer.RootElement.GetProperty("isSecured").GetBoolean());
        Assert.True(answer.RootElement.GetProperty("milliseconds").GetDouble() > 0);
    }

    private string[] OwnCertificate => ["--tls-cert", _own.File, "--tls-key", _own.KeyFile];

    private static string[] Tls(string authorities) => ["--tls", "--tls-ca", authorities];

    private async Task<CommandLineRun> RunAsync(OneInstanceArchive archive, string command, string[] options)
    {
        string[] what = command switch
        {
            "find" => ["--key", "PatientID=ARCHIVED"],
            "get" => ["--study", archive.Instance.GetString(DicomTag.StudyInstanceUID), "--output", _folder["fetched"]],
            "send" => [await FileAsync(archive)],
            _ => [],
        };
        return await CommandLineRun.OfAsync([command, archive.Address, .. what, .. options]);
    }

    private async Task<string> FileAsync(OneInstanceArchive archive)
    {
        string path = _folder["sent.dcm"];
        await new DicomFile(archive.Instance).SaveAsync(path);
        return path;
    }

    private void AssertDone(string command, CommandLineRun run)
    {
        Assert.Contains(
            command switch
            {
                "find" => "ARCHIVED",
                "get" => "1 instances received",
                "send" => "1 of 1 instances stored",
                _ => "answers after",
            },
            run.Output, StringComparison.Ordinal);
        if (command == "get")
            Assert.EndsWith(".dcm", Assert.Single(Directory.GetFiles(_folder["fetched"])), StringComparison.Ordinal);
    }

    private static void AssertOneLine(CommandLineRun run, string start, string reason)
    {
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        string line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}
