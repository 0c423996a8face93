namespace DicomRn.Dicom.Network;

/// <summary>An SCP of the Storage service class (PS3.4 B).</summary>
public interface IDicomCStoreProvider
{
    /// <summary>
    /// Answers a C-STORE whose data set is completely written to the stream of <c>DicomService.CreateCStoreReceiveStream</c>.
    /// </summary>
    Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request);

    /// <summary>
    /// An instance could not be received: its stream could not be written or parsed, or the association ended in the middle of
    /// it. What was written is incomplete.
    /// </summary>
    /// <param name="tempFileName">The temporary file, null where the service writes to a stream of its own.</param>
    /// <param name="e">Why.</param>
    Task OnCStoreRequestExceptionAsync(string? tempFileName, Exception e);
}
