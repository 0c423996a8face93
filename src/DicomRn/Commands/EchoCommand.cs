using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary><c>dicomrn echo</c>: C-ECHO to a peer.</summary>
internal sealed class EchoCommand : ProgramCommand
{
    private readonly Argument<PeerAddress> _peer = PeerAddress.CreateArgument();

    private readonly Option<string> _calling = CallingAeTitle.CreateOption();

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "How long the peer may take.",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(10),
    };

    private readonly TlsArguments _tls = new();

    public EchoCommand(CommandConsole console)
        : base(console, "echo", "Asks a peer whether it is there (C-ECHO).")
    {
        Add(_peer);
        Add(_calling);
        Add(_timeout);
        _tls.AddToCaller(this);
        AddExample("echo PACS@pacs.hospital.example:104 --calling DICOMRN", "the usual check of a new connection");
        AddExample("echo PACS@pacs.hospital.example:2762 --tls-ca ca.pem --tls-cert node.pem --tls-key node.key", "the same over mutual TLS");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PeerAddress peer = arguments.GetRequiredValue(_peer);
        TimeSpan timeout = arguments.GetValue(_timeout);
        using ILoggerFactory loggers = LogOutput.Create(LogLevel.Warning);
        PeerCall call = peer.Call(
            arguments.GetRequiredValue(_calling), _tls.CreateInitiator(arguments, peer, timeout, loggers));
        try
        {
            TimeSpan taken = await PeerEcho.SendAsync(call, timeout, cancellationToken);
            await Console.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{peer} answers after {taken.TotalMilliseconds:0} ms."));
            return ExitCode.Success;
        }
        catch (Exception e) when (PeerEcho.IsExpected(e))
        {
            throw new JobFailedException(PeerEcho.Describe(peer.ToString(), e), e);
        }
    }
}
