namespace DicomRn.Dicom.Network.Tls;

/// <summary>A connection could not be secured.</summary>
internal sealed class TlsHandshakeException(string message, Exception innerException) : DicomNetworkException(message, innerException);
