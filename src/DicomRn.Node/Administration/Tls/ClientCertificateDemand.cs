namespace DicomRn.Node.Administration.Tls;

/// <summary>Whether callers must show a certificate.</summary>
public enum ClientCertificateDemand
{
    /// <summary>They must, and it must be trusted (mutual authentication).</summary>
    Required,

    /// <summary>They may; one that is shown must be trusted.</summary>
    Optional,

    /// <summary>They are not asked: the connection is encrypted, but the caller is known by its address and AE title only.</summary>
    None,
}
