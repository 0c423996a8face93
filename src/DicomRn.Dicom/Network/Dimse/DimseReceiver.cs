using System.Buffers;
using DicomRn.Dicom.IO.Reader;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>
/// Puts the fragments of P-DATA-TF PDUs together to messages (PS3.7 6.3, PS3.8 E): command sets and small data sets in memory,
/// the data sets of C-STORE straight into the service's stream.
/// </summary>
internal sealed class DimseReceiver(DicomService service, UpperLayerConnection connection, DimseDispatcher dispatcher)
{
    private readonly ArrayBufferWriter<byte> _command = new(256);
    private ArrayBufferWriter<byte>? _dataset;
    private InstanceReception? _instance;
    private DicomMessage? _message;
    private DicomPresentationContext? _context;
    private bool _isDuplicate;
    private int _empty;

    /// <summary>Whether a message has begun and is not complete.</summary>
    public bool IsInMessage => _message is not null || _command.WrittenCount > 0;

    /// <exception cref="PduException">The fragment does not belong where it stands.</exception>
    public ValueTask ReceiveAsync(PresentationDataValue value)
    {
        _empty = value.Fragment.IsEmpty && !value.IsLast ? _empty + 1 : 0;
        if (_empty > connection.Limits.EmptyFragments)
            throw new PduException(DicomAbortReason.InvalidPDUParameter, $"{_empty} empty fragments in a row");
        if (_context is null || _context.ID != value.ContextId)
        {
            if (IsInMessage)
                throw new PduException(DicomAbortReason.InvalidPDUParameter,
                    $"a fragment of presentation context {value.ContextId} inside a message of context {_context?.ID}");
            _context = service.Association?.PresentationContexts.Find(value.ContextId);
            if (_context?.Result != DicomPresentationContextResult.Accept)
                throw new PduException(DicomAbortReason.InvalidPDUParameter,
                    $"presentation context {value.ContextId} was not accepted");
        }

        return value.IsCommand ? ReceiveCommandAsync(value) : ReceiveDatasetAsync(value);
    }

    /// <summary>The association ended: tells the service of an instance that is not complete.</summary>
    public async Task AbandonAsync(Exception reason)
    {
        (DicomMessage? message, InstanceReception? instance) = (_message, _instance);
        (_message, _instance) = (null, null);
        if (message is DicomRequest request && !_isDuplicate)
            dispatcher.Abandon(request);
        if (instance is not null)
            await instance.AbandonAsync(reason).ConfigureAwait(false);
    }

    private ValueTask ReceiveCommandAsync(PresentationDataValue value)
    {
        if (_message is not null)
            throw new PduException(DicomAbortReason.UnexpectedPDUParameter, $"a command set where the data set of {_message} was to come");
        if (_command.WrittenCount + value.Fragment.Length > connection.Limits.CommandSetLength)
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"a command set of more than {connection.Limits.CommandSetLength} bytes");
        DicomDataset command;
        if (value.IsLast && _command.WrittenCount == 0)
        {
            if (StoreCommand.TryRead(value.Fragment.Span, _context!.AbstractSyntax) is { } store)
                return BeginAsync(new DicomCStoreRequest(store) { PresentationContext = _context });
            command = CommandSetCodec.Read(value.Fragment.Span);
        }
        else
        {
            _command.Write(value.Fragment.Span);
            if (!value.IsLast)
                return ValueTask.CompletedTask;
            command = CommandSetCodec.Read(_command.WrittenSpan);
            _command.ResetWrittenCount();
        }

        DicomMessage message = MessageFactory.Create(command);
        message.PresentationContext = _context;
        return BeginAsync(message);
    }

    private async ValueTask BeginAsync(DicomMessage message)
    {
        // A C-CANCEL is no operation of its own: it has no response (PS3.7 9.3.2.3).
        if (message is CancelRequest cancel)
        {
            await dispatcher.CancelAsync(cancel).ConfigureAwait(false);
            return;
        }

        _isDuplicate = message is DicomRequest request && !await dispatcher.AdmitAsync(request).ConfigureAwait(false);
        if (!message.HasDataset)
        {
            await DispatchAsync(message, null).ConfigureAwait(false);
            return;
        }

        _message = message;
        if (message is DicomCStoreRequest store)
        {
            connection.Receiver.Widen();
            _instance = InstanceReception.Begin(service, store, _context!, _isDuplicate ? DicomStatus.DuplicateInvocation : null);
        }
        else
        {
            _dataset = new ArrayBufferWriter<byte>(1024);
        }
    }

    private ValueTask ReceiveDatasetAsync(PresentationDataValue value)
    {
        if (_message is null)
            throw new PduException(DicomAbortReason.UnexpectedPDUParameter, "a data set without a command set");
        if (_instance is not null)
            return ReceiveInstanceAsync(value);
        if (_dataset!.WrittenCount + value.Fragment.Length > connection.Limits.DatasetLength)
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"a data set of more than {connection.Limits.DatasetLength} bytes for {_message}");
        _dataset.Write(value.Fragment.Span);
        return value.IsLast ? CompleteInMemoryAsync() : ValueTask.CompletedTask;
    }

    private async ValueTask ReceiveInstanceAsync(PresentationDataValue value)
    {
        InstanceReception instance = _instance!;
        await instance.WriteAsync(value.Fragment).ConfigureAwait(false);
        if (!value.IsLast)
            return;
        DicomStatus? refusal = await instance.CompleteAsync().ConfigureAwait(false);
        DicomMessage message = _message!;
        (_message, _instance) = (null, null);
        await DispatchAsync(message, refusal).ConfigureAwait(false);
    }

    private ValueTask CompleteInMemoryAsync()
    {
        DicomMessage message = _message!;
        byte[] bytes = _dataset!.WrittenSpan.ToArray();
        (_message, _dataset) = (null, null);
        DicomStatus? refusal = null;
        try
        {
            message.SetReceivedDataset(DicomDatasetReader.Read(bytes, _context!.AcceptedTransferSyntax!, $"data set of {message}"));
        }
        catch (DicomDataException e)
        {
            NetworkLog.DatasetNotParsed(service.Logger, connection.Peer, message.ToString(), e.Message);
            refusal = message is DicomPriorityRequest
                ? new DicomStatus("C000", DicomState.Failure, "Unable to process", "The identifier cannot be parsed")
                : DicomStatus.ProcessingFailure;
        }

        return DispatchAsync(message, refusal);
    }

    private ValueTask DispatchAsync(DicomMessage message, DicomStatus? refusal)
    {
        if (_isDuplicate)
            return new ValueTask(dispatcher.RefuseAsync((DicomRequest)message));
        dispatcher.Dispatch(message, refusal);
        return ValueTask.CompletedTask;
    }
}
