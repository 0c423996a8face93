namespace DicomRn.Dicom.Network;

/// <summary>No accepted presentation context takes a message.</summary>
internal sealed class PresentationContextException(string message) : DicomNetworkException(message);
