using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.QueryRetrieve;

namespace DicomRn.Commands;

/// <summary>The argument and options of the commands that call a peer: <c>PEER</c>, <c>--calling</c>, <c>--timeout</c>.</summary>
internal sealed class PeerOptions
{
    private readonly Argument<PeerAddress> _peer = PeerAddress.CreateArgument();

    private readonly Option<string> _calling = CallingAeTitle.CreateOption();

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "How long the peer may keep silent: while it is called, and after each request.",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
    };

    public PeerOptions(Command command)
    {
        command.Add(_peer);
        command.Add(_calling);
        command.Add(_timeout);
        _timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() <= TimeSpan.Zero)
                result.AddError("--timeout takes a time longer than none, for instance 00:00:30.");
        });
    }

    /// <summary>The peer of a command line.</summary>
    public RemotePeer Read(ParseResult arguments)
    {
        PeerAddress address = arguments.GetRequiredValue(_peer);
        return new RemotePeer(
            address.Host, address.Port, address.AeTitle, arguments.GetRequiredValue(_calling), arguments.GetValue(_timeout));
    }

    /// <summary>A TCP port to listen on.</summary>
    public static void RequirePort(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is < 1 or > 65535)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes a number from 1 to 65535."));
    });

    /// <summary>Calls the peer; what goes wrong becomes one line that begins with its address.</summary>
    public static async Task<T> CallAsync<T>(RemotePeer peer, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is DicomNetworkException or TimeoutException or SocketException)
        {
            throw new JobFailedException(PeerEcho.Describe(peer.ToString(), e), e);
        }
    }
}
