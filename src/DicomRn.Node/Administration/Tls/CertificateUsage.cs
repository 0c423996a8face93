namespace DicomRn.Node.Administration.Tls;

/// <summary>Which side of a connection a certificate stands for.</summary>
internal enum CertificateUsage
{
    /// <summary>The side that listens.</summary>
    Server,

    /// <summary>The side that calls.</summary>
    Client,
}
