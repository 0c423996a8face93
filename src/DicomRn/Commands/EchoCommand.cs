using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn echo</c>: C-ECHO to a peer.</summary>
internal sealed class EchoCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly PeerOptions _peer = new(TimeSpan.FromSeconds(10));

    private readonly Option<bool> _json = new("--json") { Description = "Write the answer as JSON." };

    public EchoCommand(CommandConsole console)
        : base(console, "echo", "Asks a peer whether it is there (C-ECHO).")
    {
        _peer.AddArgumentTo(this);
        Add(_json);
        _peer.AddOptionsTo(this);
        AddExample("echo PACS@pacs.hospital.example:104 --calling DICOMRN", "the usual check of a new connection");
        AddExample("echo PACS@pacs.hospital.example:2762 --tls-ca ca.pem --tls-cert node.pem --tls-key node.key", "the same over mutual TLS");
        AddExample("echo PACS@pacs.hospital.example:104 --timeout 00:00:03 --json", "for a program that watches the peer");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using ILoggerFactory loggers = LogOutput.Create(LogLevel.Warning);
        PeerCall peer = _peer.Read(arguments, loggers);
        TimeSpan taken = await PeerOptions.CallAsync(
            peer, () => PeerEcho.SendAsync(peer, peer.ResponseTimeout ?? System.Threading.Timeout.InfiniteTimeSpan, cancellationToken));
        await Console.Output.WriteLineAsync(arguments.GetValue(_json)
            ? JsonSerializer.Serialize(EchoAnswer.Of(peer, taken), JsonOptions)
            : string.Create(CultureInfo.InvariantCulture, $"{peer} answers after {taken.TotalMilliseconds:0} ms."));
        return ExitCode.Success;
    }
}
