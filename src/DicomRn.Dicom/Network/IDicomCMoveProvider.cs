namespace DicomRn.Dicom.Network;

/// <summary>An SCP of C-MOVE (PS3.4 C.4.2).</summary>
public interface IDicomCMoveProvider
{
    /// <summary>
    /// Answers a C-MOVE: sends the instances to the destination over an association of its own and returns pending responses with
    /// counts, then one with the final status. Where the sequence ends without a final status, Success is sent; where the peer
    /// cancels, it is not enumerated further and Cancel is sent with the last counts.
    /// </summary>
    IAsyncEnumerable<DicomCMoveResponse> OnCMoveRequestAsync(DicomCMoveRequest request);
}
