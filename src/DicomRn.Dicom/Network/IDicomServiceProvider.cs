namespace DicomRn.Dicom.Network;

/// <summary>An acceptor of associations.</summary>
public interface IDicomServiceProvider : IDicomService
{
    /// <summary>
    /// An association is requested: answer it with <c>SendAssociationAcceptAsync</c> or <c>SendAssociationRejectAsync</c>. After a
    /// rejection nothing more from this peer is processed.
    /// </summary>
    Task OnReceiveAssociationRequestAsync(DicomAssociation association);

    /// <summary>The peer asks for the end of the association: answer with <c>SendAssociationReleaseResponseAsync</c>.</summary>
    Task OnReceiveAssociationReleaseRequestAsync();
}
