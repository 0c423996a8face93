namespace DicomRn.Dicom.Network.Client;

/// <summary>Answers a C-STORE that the peer sends to the client, as it does for a C-GET.</summary>
/// <param name="request">
/// The request; its file is a temporary one, large values left on disk, that is deleted once the response is sent.
/// </param>
public delegate Task<DicomCStoreResponse> DicomClientCStoreRequestHandler(DicomCStoreRequest request);
