namespace DicomRn.Dicom.Network;

/// <content>The status codes of PS3.7 Annex C and of the storage and query service classes of PS3.4.</content>
public sealed partial class DicomStatus
{
    /// <summary>0000, success.</summary>
    public static readonly DicomStatus Success = new("0000", DicomState.Success, "Success");

    /// <summary>FE00, cancelled.</summary>
    public static readonly DicomStatus Cancel = new("FE00", DicomState.Cancel, "Cancel");

    /// <summary>FF00, pending.</summary>
    public static readonly DicomStatus Pending = new("FF00", DicomState.Pending, "Pending");

    /// <summary>0001, warning.</summary>
    public static readonly DicomStatus Warning = new("0001", DicomState.Warning, "Warning");

    /// <summary>Bxxx, a warning of a service class.</summary>
    public static readonly DicomStatus WarningClass = new("Bxxx", DicomState.Warning, "Warning class");

    /// <summary>0105, no such attribute.</summary>
    internal static readonly DicomStatus NoSuchAttribute = new("0105", DicomState.Failure, "No such attribute");

    /// <summary>0106, invalid attribute value.</summary>
    public static readonly DicomStatus InvalidAttributeValue = new("0106", DicomState.Failure, "Invalid attribute value");

    /// <summary>0107, attribute list error.</summary>
    public static readonly DicomStatus AttributeListError = new("0107", DicomState.Warning, "Attribute list error");

    /// <summary>0110, processing failure.</summary>
    public static readonly DicomStatus ProcessingFailure = new("0110", DicomState.Failure, "Processing failure");

    /// <summary>0111, duplicate SOP instance.</summary>
    public static readonly DicomStatus DuplicateSOPInstance = new("0111", DicomState.Failure, "Duplicate SOP instance");

    /// <summary>0112, no such SOP instance.</summary>
    public static readonly DicomStatus NoSuchObjectInstance = new("0112", DicomState.Failure, "No such SOP instance");

    /// <summary>0113, no such event type.</summary>
    public static readonly DicomStatus NoSuchEventType = new("0113", DicomState.Failure, "No such event type");

    /// <summary>0114, no such argument.</summary>
    public static readonly DicomStatus NoSuchArgument = new("0114", DicomState.Failure, "No such argument");

    /// <summary>0115, invalid argument value.</summary>
    public static readonly DicomStatus InvalidArgumentValue = new("0115", DicomState.Failure, "Invalid argument value");

    /// <summary>0116, attribute value out of range.</summary>
    public static readonly DicomStatus AttributeValueOutOfRange =
        new("0116", DicomState.Warning, "Attribute value out of range");

    /// <summary>0117, invalid SOP instance.</summary>
    public static readonly DicomStatus InvalidObjectInstance = new("0117", DicomState.Failure, "Invalid SOP instance");

    /// <summary>0118, no such SOP class.</summary>
    public static readonly DicomStatus NoSuchSOPClass = new("0118", DicomState.Failure, "No such SOP class");

    /// <summary>0119, class-instance conflict.</summary>
    public static readonly DicomStatus ClassInstanceConflict = new("0119", DicomState.Failure, "Class-instance conflict");

    /// <summary>0120, missing attribute.</summary>
    public static readonly DicomStatus MissingAttribute = new("0120", DicomState.Failure, "Missing attribute");

    /// <summary>0121, missing attribute value.</summary>
    public static readonly DicomStatus MissingAttributeValue = new("0121", DicomState.Failure, "Missing attribute value");

    /// <summary>0122, refused: SOP class not supported.</summary>
    public static readonly DicomStatus SOPClassNotSupported = new("0122", DicomState.Failure, "Refused: SOP class not supported");

    /// <summary>0123, no such action type.</summary>
    public static readonly DicomStatus NoSuchActionType = new("0123", DicomState.Failure, "No such action type");

    /// <summary>0124, refused: not authorised.</summary>
    internal static readonly DicomStatus NotAuthorized = new("0124", DicomState.Failure, "Refused: not authorized");

    /// <summary>0210, duplicate invocation: the message ID is in use.</summary>
    public static readonly DicomStatus DuplicateInvocation = new("0210", DicomState.Failure, "Duplicate invocation");

    /// <summary>0211, unrecognised operation.</summary>
    public static readonly DicomStatus UnrecognizedOperation = new("0211", DicomState.Failure, "Unrecognized operation");

    /// <summary>0212, mistyped argument.</summary>
    public static readonly DicomStatus MistypedArgument = new("0212", DicomState.Failure, "Mistyped argument");

    /// <summary>0213, resource limitation.</summary>
    public static readonly DicomStatus ResourceLimitation = new("0213", DicomState.Failure, "Resource limitation");

    /// <summary>A7xx, storage refused: out of resources. A sender may try again.</summary>
    public static readonly DicomStatus StorageStorageOutOfResources =
        new("A7xx", DicomState.Failure, "Refused: out of resources");

    /// <summary>A9xx, storage error: data set does not match SOP class.</summary>
    public static readonly DicomStatus StorageDataSetDoesNotMatchSOPClassError =
        new("A9xx", DicomState.Failure, "Error: data set does not match SOP class");

    /// <summary>Cxxx, storage error: cannot understand.</summary>
    public static readonly DicomStatus StorageCannotUnderstand = new("Cxxx", DicomState.Failure, "Error: cannot understand");

    /// <summary>B000, storage warning: coercion of data elements.</summary>
    public static readonly DicomStatus StorageCoercionOfDataElements =
        new("B000", DicomState.Warning, "Coercion of data elements");

    /// <summary>B007, storage warning: data set does not match SOP class.</summary>
    public static readonly DicomStatus StorageDataSetDoesNotMatchSOPClassWarning =
        new("B007", DicomState.Warning, "Data set does not match SOP class");

    /// <summary>B006, storage warning: elements discarded.</summary>
    public static readonly DicomStatus StorageElementsDiscarded = new("B006", DicomState.Warning, "Elements discarded");

    /// <summary>A700, query refused: out of resources.</summary>
    public static readonly DicomStatus QueryRetrieveOutOfResources =
        new("A700", DicomState.Failure, "Refused: out of resources");

    /// <summary>A801, retrieve refused: move destination unknown.</summary>
    public static readonly DicomStatus QueryRetrieveMoveDestinationUnknown =
        new("A801", DicomState.Failure, "Refused: move destination unknown");

    /// <summary>FF01, query pending, optional keys not supported.</summary>
    public static readonly DicomStatus QueryRetrieveOptionalKeysNotSupported =
        new("FF01", DicomState.Pending, "Pending: one or more optional keys not supported");

    /// <summary>A701, C-GET or C-MOVE refused: unable to calculate number of matches.</summary>
    public static readonly DicomStatus QueryRetrieveUnableToCalculateNumberOfMatches =
        new("A701", DicomState.Failure, "Refused: out of resources, unable to calculate number of matches");

    /// <summary>A702, C-GET or C-MOVE refused: unable to perform sub-operations.</summary>
    public static readonly DicomStatus QueryRetrieveUnableToPerformSuboperations =
        new("A702", DicomState.Failure, "Refused: out of resources, unable to perform sub-operations");

    /// <summary>A900, query or retrieve error: identifier does not match SOP class.</summary>
    public static readonly DicomStatus QueryRetrieveIdentifierDoesNotMatchSOPClass =
        new("A900", DicomState.Failure, "Error: identifier does not match SOP class");

    /// <summary>Cxxx, query or retrieve error: unable to process.</summary>
    public static readonly DicomStatus QueryRetrieveUnableToProcess =
        new("Cxxx", DicomState.Failure, "Error: unable to process");

    /// <summary>B000, retrieve warning: sub-operations complete, one or more failures.</summary>
    public static readonly DicomStatus QueryRetrieveSubOpsOneOrMoreFailures =
        new("B000", DicomState.Warning, "Sub-operations complete, one or more failures");

    // Codes that give all their digits come before the patterns that would match them too.
    private static readonly DicomStatus[] GeneralEntries =
    [
        Success, Cancel, Pending, Warning, NoSuchAttribute, InvalidAttributeValue, AttributeListError, ProcessingFailure,
        DuplicateSOPInstance, NoSuchObjectInstance, NoSuchEventType, NoSuchArgument, InvalidArgumentValue,
        AttributeValueOutOfRange, InvalidObjectInstance, NoSuchSOPClass, ClassInstanceConflict, MissingAttribute,
        MissingAttributeValue, SOPClassNotSupported, NoSuchActionType, NotAuthorized, DuplicateInvocation,
        UnrecognizedOperation, MistypedArgument, ResourceLimitation, StorageCoercionOfDataElements,
        StorageDataSetDoesNotMatchSOPClassWarning, StorageElementsDiscarded, QueryRetrieveMoveDestinationUnknown,
        QueryRetrieveOptionalKeysNotSupported, StorageStorageOutOfResources, StorageDataSetDoesNotMatchSOPClassError,
        StorageCannotUnderstand, WarningClass,
    ];

    // What codes that mean something else for C-STORE mean in responses to C-FIND, C-GET and C-MOVE (PS3.4 C.4).
    private static readonly DicomStatus[] QueryRetrieveEntries =
    [
        QueryRetrieveOutOfResources, QueryRetrieveUnableToCalculateNumberOfMatches, QueryRetrieveUnableToPerformSuboperations,
        QueryRetrieveMoveDestinationUnknown, QueryRetrieveIdentifierDoesNotMatchSOPClass, QueryRetrieveSubOpsOneOrMoreFailures,
        QueryRetrieveOptionalKeysNotSupported, QueryRetrieveUnableToProcess,
    ];
}
