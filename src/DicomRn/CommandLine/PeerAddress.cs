using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DicomRn.CommandLine;

/// <summary>A DICOM application entity and where it listens, written <c>AE@host:port</c> (<c>AE@[::1]:port</c> for IPv6).</summary>
/// <param name="AeTitle">Its AE title: 1 to 16 characters of the default repertoire without backslash (PS3.5 6.2, VR AE).</param>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">A TCP port, 1 to 65535.</param>
internal sealed record PeerAddress(string AeTitle, string Host, int Port)
{
    private const int MaximumAeTitleLength = 16;

    /// <summary>A required argument <c>PEER</c>.</summary>
    public static Argument<PeerAddress> CreateArgument() => new("PEER")
    {
        Description = "The peer, as AE@host:port.",
        CustomParser = ParseToken,
    };

    /// <summary>An option that takes a peer.</summary>
    public static Option<PeerAddress?> CreateOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "AE@host:port",
        CustomParser = ParseToken,
    };

    /// <summary>Reads a peer.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static PeerAddress Parse(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        int colon = text.LastIndexOf(':');
        if (at < 0 || colon < at)
            throw new FormatException($"'{text}' is not a peer: write it as AE@host:port.");
        string title = text[..at].Trim(' ');
        string host = text[(at + 1)..colon];
        if (host is ['[', .., ']'])
            host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
            throw new FormatException($"'{text}' is not a peer: an IPv6 address stands in brackets, AE@[::1]:104.");
        if (title.Length is 0 or > MaximumAeTitleLength || title.Any(c => c is < ' ' or > '~' or '\\'))
            throw new FormatException($"'{title}' is not an AE title: 1 to 16 printable ASCII characters without backslash.");
        if (host.Length == 0 || host.Any(char.IsWhiteSpace))
            throw new FormatException($"'{text}' is not a peer: the host is missing.");
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
            throw new FormatException($"'{text}' is not a peer: the port is a number from 1 to 65535.");
        return new PeerAddress(title, host, port);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"{AeTitle}@[{Host}]:{Port}" : $"{AeTitle}@{Host}:{Port}";

    private static PeerAddress? ParseToken(ArgumentResult result)
    {
        try
        {
            return Parse(result.Tokens.Single().Value);
        }
        catch (FormatException wrong)
        {
            result.AddError(wrong.Message);
            return null;
        }
    }
}
