namespace DicomRn.Dicom.Network;

/// <summary>An SCP of C-GET (PS3.4 C.4.3).</summary>
public interface IDicomCGetProvider
{
    /// <summary>
    /// Answers a C-GET: sends the instances with <see cref="DicomService.SendRequestAsync"/> over the same association and returns
    /// pending responses with counts, then one with the final status. Where the sequence ends without a final status, Success is
    /// sent; where the peer cancels, it is not enumerated further and Cancel is sent with the last counts.
    /// </summary>
    IAsyncEnumerable<DicomCGetResponse> OnCGetRequestAsync(DicomCGetRequest request);
}
