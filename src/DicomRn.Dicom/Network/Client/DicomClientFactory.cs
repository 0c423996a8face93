using DicomRn.Dicom.Network.Tls;

namespace DicomRn.Dicom.Network.Client;

/// <summary>Makes DICOM clients.</summary>
public static class DicomClientFactory
{
    /// <summary>A client of one peer.</summary>
    /// <param name="host">Host name or address of the peer.</param>
    /// <param name="port">Port of the peer.</param>
    /// <param name="useTls">Secures the connection with TLS 1.2 or 1.3, the peer's certificate checked against the system's roots.</param>
    /// <param name="callingAe">Own AE title.</param>
    /// <param name="calledAe">AE title of the peer.</param>
    /// <exception cref="ArgumentException">An AE title is empty, longer than 16 characters or has characters it may not have.</exception>
    public static IDicomClient Create(string host, int port, bool useTls, string callingAe, string calledAe) =>
        Create(host, port, useTls ? new DefaultTlsInitiator() : null, callingAe, calledAe);

    /// <summary>A client of one peer over a connection that <paramref name="tlsInitiator"/> secures.</summary>
    /// <exception cref="ArgumentException">An AE title is empty, longer than 16 characters or has characters it may not have.</exception>
    public static IDicomClient Create(string host, int port, ITlsInitiator? tlsInitiator, string callingAe, string calledAe) =>
        new DicomClient(host, port, tlsInitiator, RequireAeTitle(callingAe), RequireAeTitle(calledAe));

    private static string RequireAeTitle(string title)
    {
        string trimmed = title?.Trim() ?? "";
        bool valid = trimmed.Length is > 0 and <= 16 && trimmed.All(c => c is >= ' ' and <= '~' and not '\\');
        return valid ? trimmed : throw new ArgumentException($"'{title}' is no AE title: 1 to 16 characters, no backslash (PS3.5 6.2).", nameof(title));
    }
}
