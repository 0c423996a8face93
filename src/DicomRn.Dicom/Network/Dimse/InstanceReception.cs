using System.Buffers;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// One C-STORE data set on its way from the connection to the service's stream. Where the stream fails the rest of the data set is
/// read and dropped, so that the sender gets a status for it and the association goes on.
/// </summary>
internal sealed class InstanceReception
{
    private static readonly SearchValues<char> UidCharacters = SearchValues.Create("0123456789.");

    private readonly DicomService _service;
    private readonly DicomCStoreRequest _request;
    private Exception? _failure;
    private bool _opened;

    private InstanceReception(DicomService service, DicomCStoreRequest request)
    {
        _service = service;
        _request = request;
    }

    /// <summary>A status that the command set alone has earned; the data set is not looked at then.</summary>
    public DicomStatus? Refusal { get; private set; }

    public static InstanceReception Begin(
        DicomService service, DicomCStoreRequest request, DicomPresentationContext context, DicomStatus? refusal)
    {
        InstanceReception reception = new(service, request) { Refusal = refusal };
        if (refusal is not null)
            return reception;
        if (!service.TakesInstances)
            reception.Refusal = DicomStatus.UnrecognizedOperation;
        else if (request.SOPClassUID != context.AbstractSyntax)
            reception.Refusal = DicomStatus.SOPClassNotSupported;
        else if (request.Unread is null && !IsUid(request.Command.GetSingleValueOrDefault(DicomTag.AffectedSOPInstanceUID, "")))
            reception.Refusal = DicomStatus.InvalidObjectInstance;
        else
            reception.Open(context);
        return reception;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> fragment)
    {
        if (!_opened || _failure is not null)
            return;
        try
        {
            Stream? stream = _service.ReceiveStream;
            // Page-cache writes take microseconds; a change of thread for each of them takes longer.
            if (stream is FileStream { IsAsync: false })
                stream.Write(fragment.Span);
            else if (stream is not null)
                await stream.WriteAsync(fragment).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _failure = e;
        }
    }

    /// <summary>The data set is complete: hands the file to the request.</summary>
    /// <returns>Null, or the status to answer instead of asking the service.</returns>
    public async Task<DicomStatus?> CompleteAsync()
    {
        if (Refusal is not null)
            return Refusal;
        if (_failure is null)
        {
            try
            {
                _request.File = _service.TakeReceivedFile();
                _request.TemporaryFile = _service.TakeTemporaryFile();
                _request.SetReceivedDataset(_request.File?.Dataset);
                return null;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                _failure = e;
            }
        }

        await FailAsync(_failure).ConfigureAwait(false);
        return StatusOf(_failure);
    }

    /// <summary>The association ended before the data set did.</summary>
    public async Task AbandonAsync(Exception reason)
    {
        if (_opened)
            await FailAsync(_failure ?? reason).ConfigureAwait(false);
    }

    private void Open(DicomPresentationContext context)
    {
        DicomAssociation association = _service.Association!;
        DicomFile file = new();
        file.FileMetaInfo.Version = [0, 1];
        file.FileMetaInfo.MediaStorageSOPClassUID = context.AbstractSyntax;
        file.FileMetaInfo.MediaStorageSOPInstanceUID = _request.SOPInstanceUID;
        file.FileMetaInfo.TransferSyntax = context.AcceptedTransferSyntax!;
        file.FileMetaInfo.ImplementationClassUID = association.RemoteImplementationClassUID ?? DicomImplementation.ClassUID;
        file.FileMetaInfo.ImplementationVersionName = association.RemoteImplementationVersion ?? DicomImplementation.Version;
        file.FileMetaInfo.SourceApplicationEntityTitle = _service is IAssociationRequestor ? association.CalledAE : association.CallingAE;
        _request.TransferSyntax = context.AcceptedTransferSyntax;
        _opened = true;
        try
        {
            _service.OpenReceiveStream(file);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _failure = e;
        }
    }

    private async Task FailAsync(Exception reason)
    {
        string? temporary = _service.CloseReceiveStream();
        NetworkLog.InstanceNotReceived(_service.Logger, _service.Peer, _request.SOPInstanceUID.UID, reason.Message);
        try
        {
            await ((IDicomCStoreProvider)_service).OnCStoreRequestExceptionAsync(temporary, reason).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NetworkLog.RequestHandlerFailed(_service.Logger, _service.Peer, _request.ToString(), e);
        }

        _service.DeleteTemporaryFile();
    }

    private static DicomStatus StatusOf(Exception failure) => failure switch
    {
        DicomDataException => new DicomStatus("C000", DicomState.Failure, "Error: cannot understand", "The data set cannot be parsed"),
        IOException or UnauthorizedAccessException =>
            new DicomStatus(DicomStatus.StorageStorageOutOfResources, "The instance cannot be written"),
        _ => new DicomStatus(DicomStatus.ProcessingFailure, "Unexpected error"),
    };

    // Lenient on leading zeros, strict on everything that could make it more than a name: services name files after it.
    private static bool IsUid(string uid) =>
        uid.Length is > 0 and <= 64 && !uid.AsSpan().ContainsAnyExcept(UidCharacters) && uid[0] != '.';
}
