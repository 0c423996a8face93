namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// C-CANCEL-RQ (PS3.7 9.3.2.3): asks for the end of a C-FIND, C-GET or C-MOVE. It has no response of its own: the operation's last
/// response is the answer, with Cancel where it was in time.
/// </summary>
internal sealed class CancelRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    public CancelRequest(DicomDataset command)
        : base(command)
    {
    }

    /// <summary>The request to cancel an operation that is outstanding.</summary>
    public CancelRequest(DicomRequest operation)
        : base(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian) { AutoValidate = false })
    {
        Type = DicomCommandField.CCancelRequest;
        Command.AddOrUpdate(DicomTag.MessageIDBeingRespondedTo, operation.MessageID);
        Dataset = null;
        PresentationContext = operation.PresentationContext;
    }

    /// <summary>Message ID Being Responded To (0000,0120): the message ID of the operation.</summary>
    public ushort OperationMessageID => Command.GetSingleValueOrDefault(DicomTag.MessageIDBeingRespondedTo, (ushort)0);

    protected internal override void PostResponse(DicomService service, DicomResponse response)
    {
    }
}
