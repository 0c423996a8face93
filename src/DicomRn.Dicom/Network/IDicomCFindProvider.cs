namespace DicomRn.Dicom.Network;

/// <summary>An SCP of C-FIND (PS3.4 C.4.1, K.4.1).</summary>
public interface IDicomCFindProvider
{
    /// <summary>
    /// Answers a C-FIND: a pending response with a data set for every match, then one with the final status. Where the sequence
    /// ends without a final status, Success is sent; where the peer cancels, it is not enumerated further and Cancel is sent.
    /// </summary>
    IAsyncEnumerable<DicomCFindResponse> OnCFindRequestAsync(DicomCFindRequest request);
}
