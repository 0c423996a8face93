using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Tls;

/// <summary>Where the node's own certificate and key come from: PEM files, or the system's certificate store.</summary>
public sealed class CertificateOptions : IValidatedSettings
{
    /// <summary>
    /// A PEM file with the certificate, followed by the certificates of intermediate authorities, and perhaps the key. It is read
    /// again when it has changed.
    /// </summary>
    public string? File { get; set; }

    /// <summary>A PEM file with the private key (PKCS #8, PKCS #1 or SEC 1). Default: it is in <see cref="File"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The password of the key, if it is encrypted. Better given by an environment variable or a file.</summary>
    public string? KeyPassword { get; set; }

    /// <summary>A file whose first line is the password of the key.</summary>
    public string? KeyPasswordFile { get; set; }

    /// <summary>Instead of files: the SHA-1 or SHA-256 thumbprint of a certificate in the store, in hexadecimal.</summary>
    public string? Thumbprint { get; set; }

    /// <summary>
    /// Instead of files: the common name or the whole subject of a certificate in the store. Of several, the valid one that ends
    /// last is used, so that a renewed one takes over by itself.
    /// </summary>
    public string? Subject { get; set; }

    /// <summary>Whose store. Default: on Windows the machine's, elsewhere the user's.</summary>
    public StoreOwner Store { get; set; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        int sources = new[] { File, Thumbprint, Subject }.Count(source => !string.IsNullOrEmpty(source));
        if (sources != 1)
            errors.Add(nameof(File), null, sources == 0 ? "missing" : "more than one source", "one of File, Thumbprint and Subject");
        if (string.IsNullOrEmpty(File) && (KeyFile ?? KeyPassword ?? KeyPasswordFile) is not null)
            errors.Add(nameof(KeyFile), null, "a key without a File", "KeyFile, KeyPassword and KeyPasswordFile belong to a File");
        if (KeyPassword is not null && KeyPasswordFile is not null)
            errors.Add(nameof(KeyPasswordFile), KeyPasswordFile, "a second password", "KeyPassword or KeyPasswordFile");
        if (Thumbprint is { Length: > 0 } thumbprint && CertificateThumbprint.Normalize(thumbprint) is not { Length: 40 or 64 })
            errors.Add(nameof(Thumbprint), thumbprint, "not a thumbprint", "40 (SHA-1) or 64 (SHA-256) hexadecimal digits");
        errors.RequireFile(nameof(File), File);
        errors.RequireFile(nameof(KeyFile), KeyFile);
        errors.RequireFile(nameof(KeyPasswordFile), KeyPasswordFile);
    }
}
