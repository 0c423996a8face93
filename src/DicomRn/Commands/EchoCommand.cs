using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;

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

    public EchoCommand(CommandConsole console)
        : base(console, "echo", "Asks a peer whether it is there (C-ECHO).")
    {
        Add(_peer);
        Add(_calling);
        Add(_timeout);
        AddExample("echo PACS@pacs.hospital.example:104 --calling DICOMRN", "the usual check of a new connection");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PeerAddress peer = arguments.GetRequiredValue(_peer);
        try
        {
            TimeSpan taken = await PeerEcho.SendAsync(
                peer.Host, peer.Port, peer.AeTitle, arguments.GetRequiredValue(_calling), arguments.GetValue(_timeout), cancellationToken);
            await Console.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{peer} answers after {taken.TotalMilliseconds:0} ms."));
            return ExitCode.Success;
        }
        catch (Exception e) when (e is DicomException or IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new JobFailedException(PeerEcho.Describe(peer.ToString(), e), e);
        }
    }
}
