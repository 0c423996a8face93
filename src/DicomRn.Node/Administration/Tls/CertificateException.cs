namespace DicomRn.Node.Administration.Tls;

/// <summary>A certificate, key or list of authorities cannot be used; the message names the file and the reason.</summary>
public sealed class CertificateException : Exception
{
    internal CertificateException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
