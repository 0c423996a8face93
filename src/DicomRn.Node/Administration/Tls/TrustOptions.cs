using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Tls;

/// <summary>
/// Which certificates of peers are trusted: those that an authority of <see cref="AuthoritiesFile"/>, or with
/// <see cref="SystemRoots"/> of the system, vouches for, and those that are <see cref="Pinned"/>.
/// </summary>
public sealed class TrustOptions : IValidatedSettings
{
    /// <summary>A PEM file with the certificates of authorities, the self-signed roots among them. Read again when it has changed.</summary>
    public string? AuthoritiesFile { get; set; }

    /// <summary>Whether the authorities that the system trusts are trusted, too. Default false.</summary>
    public bool SystemRoots { get; set; }

    /// <summary>SHA-256 fingerprints of certificates that are trusted as they are, until they end.</summary>
    public IReadOnlyList<string> Pinned { get; set; } = [];

    /// <summary>Whether revocation lists are asked. Default None.</summary>
    public CertificateRevocation Revocation { get; set; }

    /// <summary>
    /// Takes every certificate: anyone between the node and the peer can read and change what is sent. Default false; warned of
    /// at every start and every connection.
    /// </summary>
    public bool AcceptAnyCertificate { get; set; }

    /// <summary>Whether anything is trusted at all.</summary>
    internal bool IsGiven => AuthoritiesFile is { Length: > 0 } || SystemRoots || Pinned.Count > 0 || AcceptAnyCertificate;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireFile(nameof(AuthoritiesFile), AuthoritiesFile);
        foreach (string pin in Pinned)
            if (CertificateThumbprint.Normalize(pin) is not { Length: 64 })
                errors.Add(nameof(Pinned), pin, "not a SHA-256 fingerprint", "64 hexadecimal digits, with or without colons");
    }
}
