namespace DicomRn.Dicom.Network.Dimse;

/// <summary>What can be found wrong with a request before a provider sees it (PS3.7 9.1, 10.1, C).</summary>
internal static class RequestScrutiny
{
    private const string UnifiedProcedureStep = "1.2.840.10008.5.1.4.34.6.";

    /// <summary>Null, or the status with which the request is refused.</summary>
    public static DicomStatus? Refusal(DicomRequest request)
    {
        if (IsOtherSopClass(request))
            return DicomStatus.SOPClassNotSupported;
        return request switch
        {
            DicomCFindRequest or DicomCGetRequest or DicomCMoveRequest when !request.HasDataset =>
                new DicomStatus(DicomStatus.QueryRetrieveIdentifierDoesNotMatchSOPClass, "There is no identifier"),
            DicomCMoveRequest { DestinationAE.Length: 0 } =>
                new DicomStatus(DicomStatus.QueryRetrieveMoveDestinationUnknown, "There is no Move Destination"),
            DicomNCreateRequest create => create.Command.Contains(DicomTag.AffectedSOPInstanceUID)
                ? InstanceRefusal(create, DicomTag.AffectedSOPInstanceUID)
                : null,
            DicomNEventReportRequest => InstanceRefusal(request, DicomTag.AffectedSOPInstanceUID),
            DicomNGetRequest or DicomNSetRequest or DicomNActionRequest or DicomNDeleteRequest =>
                InstanceRefusal(request, DicomTag.RequestedSOPInstanceUID),
            _ => null,
        };
    }

    /// <summary>
    /// Whether the request names another SOP class than its presentation context. Requests of a class that a meta SOP class
    /// comprises go over the context of that one, and all of Unified Procedure Step name its Push SOP class (PS3.4 CC.2).
    /// </summary>
    private static bool IsOtherSopClass(DicomRequest request)
    {
        if (request is UnsupportedRequest || request.PresentationContext is not { } context || context.AbstractSyntax == request.SOPClassUID)
            return false;
        return context.AbstractSyntax.Type != DicomUidType.MetaSOPClass
            && !context.AbstractSyntax.UID.StartsWith(UnifiedProcedureStep, StringComparison.Ordinal);
    }

    private static DicomStatus? InstanceRefusal(DicomRequest request, DicomTag tag) =>
        DicomUID.IsValidUid(request.Command.GetSingleValueOrDefault(tag, "")) ? null : DicomStatus.InvalidObjectInstance;
}
