namespace DicomRn.Dicom.Network.Dimse;

/// <summary>Makes messages of their own types.</summary>
internal static class MessageFactory
{
    /// <summary>The message of a received command set.</summary>
    public static DicomMessage Create(DicomDataset command)
    {
        DicomCommandField field = (DicomCommandField)command.GetSingleValue<ushort>(DicomTag.CommandField);
        return field switch
        {
            DicomCommandField.CStoreRequest => new DicomCStoreRequest(command),
            DicomCommandField.CStoreResponse => new DicomCStoreResponse(command),
            DicomCommandField.CEchoRequest => new DicomCEchoRequest(command),
            DicomCommandField.CEchoResponse => new DicomCEchoResponse(command),
            DicomCommandField.CFindRequest => new DicomCFindRequest(command),
            DicomCommandField.CFindResponse => new DicomCFindResponse(command),
            DicomCommandField.CGetRequest => new DicomCGetRequest(command),
            DicomCommandField.CGetResponse => new DicomCGetResponse(command),
            DicomCommandField.CMoveRequest => new DicomCMoveRequest(command),
            DicomCommandField.CMoveResponse => new DicomCMoveResponse(command),
            DicomCommandField.CCancelRequest => new CancelRequest(command),
            DicomCommandField.NEventReportRequest => new DicomNEventReportRequest(command),
            DicomCommandField.NEventReportResponse => new DicomNEventReportResponse(command),
            DicomCommandField.NGetRequest => new DicomNGetRequest(command),
            DicomCommandField.NGetResponse => new DicomNGetResponse(command),
            DicomCommandField.NSetRequest => new DicomNSetRequest(command),
            DicomCommandField.NSetResponse => new DicomNSetResponse(command),
            DicomCommandField.NActionRequest => new DicomNActionRequest(command),
            DicomCommandField.NActionResponse => new DicomNActionResponse(command),
            DicomCommandField.NCreateRequest => new DicomNCreateRequest(command),
            DicomCommandField.NCreateResponse => new DicomNCreateResponse(command),
            DicomCommandField.NDeleteRequest => new DicomNDeleteRequest(command),
            DicomCommandField.NDeleteResponse => new DicomNDeleteResponse(command),
            _ => DicomMessage.IsRequest(field) ? new UnsupportedRequest(command) : new UnsupportedResponse(command),
        };
    }

    /// <summary>The response to a request that carries no more than a status.</summary>
    public static DicomResponse Respond(DicomRequest request, DicomStatus status) => request switch
    {
        DicomCEchoRequest echo => new DicomCEchoResponse(echo, status),
        DicomCStoreRequest store => new DicomCStoreResponse(store, status),
        DicomCFindRequest find => new DicomCFindResponse(find, status),
        DicomCGetRequest get => new DicomCGetResponse(get, status),
        DicomCMoveRequest move => new DicomCMoveResponse(move, status),
        DicomNEventReportRequest report => new DicomNEventReportResponse(report, status),
        DicomNGetRequest get => new DicomNGetResponse(get, status),
        DicomNSetRequest set => new DicomNSetResponse(set, status),
        DicomNActionRequest action => new DicomNActionResponse(action, status),
        DicomNCreateRequest create => new DicomNCreateResponse(create, status),
        DicomNDeleteRequest delete => new DicomNDeleteResponse(delete, status),
        _ => new UnsupportedResponse(request, status),
    };
}
