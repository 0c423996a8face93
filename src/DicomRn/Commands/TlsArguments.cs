using System.CommandLine;
using System.CommandLine.Parsing;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Tls;
using Microsoft.Extensions.Logging;

namespace DicomRn.Commands;

/// <summary>The options of commands that can secure their connections; any of them means TLS.</summary>
internal sealed class TlsArguments
{
    private readonly Option<bool> _tls = new("--tls") { Description = "Secure the connection: TLS 1.2 or 1.3." };

    private readonly Option<FileInfo?> _certificate = new("--tls-cert")
    {
        Description = "Own certificate: a PEM file, followed by those of intermediate authorities.",
    };

    private readonly Option<FileInfo?> _key = new("--tls-key") { Description = "Its private key, if it is not in the same file: a PEM file." };

    private readonly Option<FileInfo?> _password = new("--tls-key-password-file")
    {
        Description = "A file whose first line is the key's password.",
    };

    private readonly Option<FileInfo?> _authorities = new("--tls-ca")
    {
        Description = "Authorities that are trusted instead of the system's: a PEM file.",
    };

    private readonly Option<string[]> _pins = new("--tls-pin")
    {
        Description = "SHA-256 fingerprint of a certificate that is trusted as it is; may be repeated.",
        HelpName = "SHA256",
        AllowMultipleArgumentsPerToken = false,
    };

    // Those of callers only.
    private readonly Option<string?> _host = new("--tls-host")
    {
        Description = "The name that the peer's certificate must hold. Default: the host that is called.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _anyHost = new("--tls-no-verify-host")
    {
        Description = "Take a trusted certificate of any name: whoever has one can pose as the peer.",
    };

    private readonly Option<bool> _anyCertificate = new("--tls-no-verify")
    {
        Description = "Take any certificate: anyone in between can read and change what is sent. For tests only.",
    };

    private readonly Option[] _all;

    public TlsArguments()
    {
        _all = [_tls, _certificate, _key, _password, _authorities, _pins, _host, _anyHost, _anyCertificate];
        _pins.Validators.Add(result =>
        {
            foreach (string pin in result.GetValueOrDefault<string[]>() ?? [])
                if (pin.Count(char.IsAsciiHexDigit) != 64)
                    result.AddError($"--tls-pin {pin}: a SHA-256 fingerprint has 64 hexadecimal digits.");
        });
    }

    /// <summary>Adds the options to a command that calls peers.</summary>
    /// <param name="command">The command.</param>
    /// <param name="listen">The port on which it is called back, secured as its own calls are; null where it never is.</param>
    public void AddToCaller(Command command, Option<int?>? listen = null)
    {
        AddCommon(command);
        command.Add(_host);
        command.Add(_anyHost);
        command.Add(_anyCertificate);
        if (listen is null)
            return;
        command.Validators.Add(result =>
        {
            if (IsWanted(result) && result.GetValue(listen) is not null && result.GetValue(_certificate) is null)
                result.AddError($"{listen.Name}: listening over TLS needs a certificate, --tls-cert and --tls-key.");
        });
    }

    /// <summary>Adds the options to a command that listens.</summary>
    public void AddToListener(Command command)
    {
        AddCommon(command);
        command.Validators.Add(result =>
        {
            if (IsWanted(result) && result.GetValue(_certificate) is null)
                result.AddError("--tls: listening needs a certificate, --tls-cert and --tls-key.");
        });
    }

    /// <summary>What secures the calls; null where nothing is said of TLS.</summary>
    /// <exception cref="CertificateException">A file cannot be used.</exception>
    public ITlsInitiator? CreateInitiator(ParseResult arguments, PeerAddress peer, TimeSpan timeout, ILoggerFactory loggers)
    {
        if (!IsWanted(arguments.CommandResult))
            return null;
        TrustOptions trust = Trust(arguments);
        trust.AcceptAnyCertificate = arguments.GetValue(_anyCertificate);
        return SecuredConnections.CreateInitiator(
            peer.ToString(),
            new PeerTlsOptions
            {
                Certificate = Certificate(arguments),
                Trust = trust,
                HostName = arguments.GetValue(_host),
                VerifyHostName = !arguments.GetValue(_anyHost),
            },
            timeout, loggers);
    }

    /// <summary>How callers are secured; null where nothing is said of TLS. Without trusted authorities they show no certificate.</summary>
    public TlsServerOptions? CreateServerOptions(ParseResult arguments)
    {
        if (!IsWanted(arguments.CommandResult))
            return null;
        TrustOptions trust = Trust(arguments);
        return new TlsServerOptions
        {
            Certificate = Certificate(arguments),
            Trust = trust,
            ClientCertificate = arguments.GetValue(_anyCertificate) || (trust.AuthoritiesFile is null && trust.Pinned.Count == 0)
                ? ClientCertificateDemand.None
                : ClientCertificateDemand.Required,
        };
    }

    private bool IsWanted(CommandResult arguments) => _all.Any(option => arguments.GetResult(option) is { Implicit: false });

    private CertificateOptions? Certificate(ParseResult arguments) => arguments.GetValue(_certificate) is not { } file
        ? null
        : new CertificateOptions
        {
            File = file.FullName,
            KeyFile = arguments.GetValue(_key)?.FullName,
            KeyPasswordFile = arguments.GetValue(_password)?.FullName,
        };

    private TrustOptions Trust(ParseResult arguments) => new()
    {
        AuthoritiesFile = arguments.GetValue(_authorities)?.FullName,
        Pinned = arguments.GetValue(_pins) ?? [],
    };

    private void AddCommon(Command command)
    {
        command.Add(_tls);
        command.Add(_certificate);
        command.Add(_key);
        command.Add(_password);
        command.Add(_authorities);
        command.Add(_pins);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_key) ?? result.GetValue(_password)) is not null && result.GetValue(_certificate) is null)
                result.AddError("--tls-key and --tls-key-password-file belong to --tls-cert.");
        });
    }
}
