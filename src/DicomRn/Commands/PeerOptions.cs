using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Tls;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary>
/// The argument and options of the commands that call a peer: <c>PEER</c>, <c>--calling</c>, <c>--timeout</c> and those of TLS.
/// </summary>
internal sealed class PeerOptions
{
    private readonly Argument<PeerAddress> _peer = PeerAddress.CreateArgument();

    private readonly Option<string> _calling = CallingAeTitle.CreateOption();

    private readonly Option<TimeSpan> _timeout;

    private readonly TlsArguments _tls = new();

    /// <summary>Makes them.</summary>
    /// <param name="timeout">What <c>--timeout</c> is by default.</param>
    /// <param name="listen">The port on which the peer calls back, where the command takes one.</param>
    public PeerOptions(TimeSpan timeout, Option<int?>? listen = null)
    {
        _timeout = new Option<TimeSpan>("--timeout")
        {
            Description = "How long the peer may keep silent: while it is called, and after each request.",
            DefaultValueFactory = _ => timeout,
        };
        _timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<TimeSpan>() <= TimeSpan.Zero)
                result.AddError("--timeout takes a time longer than none, for instance 00:00:30.");
        });
        Listen = listen;
    }

    private Option<int?>? Listen { get; }

    /// <summary>Adds the argument; those of the command itself follow.</summary>
    public void AddArgumentTo(Command command) => command.Add(_peer);

    /// <summary>Adds the options.</summary>
    public void AddOptionsTo(Command command)
    {
        command.Add(_calling);
        command.Add(_timeout);
        _tls.AddToCaller(command, Listen);
    }

    /// <summary>How the peer of a command line is called.</summary>
    /// <exception cref="CertificateException">A file of the TLS options cannot be used.</exception>
    public PeerCall Read(ParseResult arguments, ILoggerFactory loggers)
    {
        PeerAddress address = arguments.GetRequiredValue(_peer);
        TimeSpan timeout = arguments.GetValue(_timeout);
        return new PeerCall
        {
            Host = address.Host,
            Port = address.Port,
            CalledAeTitle = address.AeTitle,
            CallingAeTitle = arguments.GetRequiredValue(_calling),
            Tls = _tls.CreateInitiator(arguments, address, timeout, loggers),
            AssociationTimeout = timeout,
            ResponseTimeout = timeout,
        };
    }

    /// <summary>How the peer's own calls to <c>--listen</c> are secured: as it is called itself; null where that is plain.</summary>
    public TlsServerOptions? ReadListener(ParseResult arguments) => _tls.CreateServerOptions(arguments);

    /// <summary>A TCP port to listen on.</summary>
    public static void RequirePort(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is < 1 or > 65535)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes a number from 1 to 65535."));
    });

    /// <summary>Calls the peer; what goes wrong becomes one line that begins with its address.</summary>
    public static async Task<T> CallAsync<T>(PeerCall peer, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (PeerEcho.IsExpected(e))
        {
            throw new JobFailedException(PeerEcho.Describe(peer.ToString(), e), e);
        }
    }
}
