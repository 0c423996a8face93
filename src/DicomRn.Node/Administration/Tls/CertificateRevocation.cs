namespace DicomRn.Node.Administration.Tls;

/// <summary>Whether a peer's certificate is looked up in the revocation lists of its authority.</summary>
public enum CertificateRevocation
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>In lists that the system has already. A certificate without such a list is refused.</summary>
    Offline,

    /// <summary>In lists and at responders that the certificate names. Where they cannot be reached, it is refused.</summary>
    Online,
}
