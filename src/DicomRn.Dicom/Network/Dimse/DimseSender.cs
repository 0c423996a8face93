using DicomRn.Dicom.IO.Writer;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>Sends DIMSE messages over the accepted presentation contexts of an association.</summary>
/// <param name="connection">The connection.</param>
/// <param name="association">The association, agreed.</param>
/// <param name="isRequestor">Whether this side requested it.</param>
internal sealed class DimseSender(UpperLayerConnection connection, DicomAssociation association, bool isRequestor)
{
    private OutgoingMessage? _prepared;

    /// <summary>Sends one message, its data set streamed.</summary>
    /// <exception cref="PresentationContextException">No accepted presentation context takes the message.</exception>
    /// <exception cref="DicomDataException">The data set cannot be encoded in the accepted transfer syntax.</exception>
    public async Task SendAsync(DicomMessage message, CancellationToken cancellationToken)
    {
        await using OutgoingMessage outgoing = TakePrepared(message) ?? Begin(message);
        (PDataStream stream, FileStream? file) = (outgoing.Stream, outgoing.File);
        bool hasDataset = message.HasDataset;
        DicomDataset? dataset = hasDataset && file is null ? message.Dataset : null;

        await connection.BeginTurnAsync().ConfigureAwait(false);
        bool complete = false;
        try
        {
            await stream.EndCommandAsync(hasDataset).ConfigureAwait(false);
            if (file is not null)
                await stream.WriteFromAsync(file, cancellationToken).ConfigureAwait(false);
            else if (dataset is not null)
                await DicomDatasetWriter.WriteAsync(stream, dataset, outgoing.Context.AcceptedTransferSyntax!, null, cancellationToken).ConfigureAwait(false);
            if (hasDataset)
                await stream.EndDatasetAsync().ConfigureAwait(false);
            complete = true;
        }
        finally
        {
            connection.EndTurn();
            if (!complete)
                IsBroken = true;
        }
    }

    /// <summary>
    /// Lays out the next message as far as one write takes it, its file read, while the peer is busy with the one before. What goes
    /// wrong here is left for <see cref="SendAsync"/> to find, when it is the message's turn.
    /// </summary>
    public void Prepare(DicomMessage message)
    {
        if (_prepared is not null || message is not DicomCStoreRequest { Instance: not null })
            return;
        OutgoingMessage? outgoing = null;
        try
        {
            outgoing = Begin(message);
            if (outgoing.File is not null && outgoing.Stream.TryPrepare(outgoing.File))
                (_prepared, outgoing) = (outgoing, null);
        }
        catch (Exception e) when (e is DicomException or IOException or UnauthorizedAccessException)
        {
            // It is told when the message is sent.
        }
        finally
        {
            outgoing?.Dispose();
        }
    }

    /// <summary>Forgets what was prepared and not sent.</summary>
    public void ForgetPrepared() => Interlocked.Exchange(ref _prepared, null)?.Dispose();

    private OutgoingMessage? TakePrepared(DicomMessage message)
    {
        OutgoingMessage? prepared = Interlocked.Exchange(ref _prepared, null);
        // A caller who looked at the data set meanwhile may have changed it.
        if (prepared is null || (prepared.Message == message && AsItIs(message, prepared.Context) is not null))
            return prepared;
        prepared.Dispose();
        return null;
    }

    private OutgoingMessage Begin(DicomMessage message)
    {
        DicomPresentationContext context = ContextFor(message);
        message.PresentationContext = context;
        PDataStream stream = new(connection, context.ID, association.MaximumPDULength);
        try
        {
            CommandSetCodec.Write(message.Command, stream);
            FileStream? file = null;
            if (message.HasDataset && AsItIs(message, context) is { } instance)
            {
                file = new FileStream(instance.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                file.Position = instance.DatasetOffset!.Value;
            }

            return new OutgoingMessage(message, context, stream, file);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether a message broke off in the middle, after which only an abort can follow.</summary>
    public bool IsBroken { get; private set; }

    private DicomPresentationContext ContextFor(DicomMessage message)
    {
        if (message.PresentationContext is { ID: not 0, Result: DicomPresentationContextResult.Accept } given
            && association.PresentationContexts.Contains(given))
        {
            return given;
        }

        List<DicomPresentationContext> accepted =
        [
            .. association.PresentationContexts.Where(context =>
                context.Result == DicomPresentationContextResult.Accept && context.AbstractSyntax == message.SOPClassUID && MaySend(message, context)),
        ];
        if (message is not DicomCStoreRequest { TransferSyntax: { } syntax } store)
        {
            return accepted.FirstOrDefault() ?? throw new PresentationContextException(
                $"{connection.Peer} accepted no presentation context for {message.SOPClassUID.Name} ({message.SOPClassUID.UID})");
        }

        DicomPresentationContext? own = accepted.Find(context => context.AcceptedTransferSyntax == syntax);
        if (own is not null)
            return own;
        DicomPresentationContext? native = accepted.Find(context => IsNative(context.AcceptedTransferSyntax!));
        if (native is not null && IsNative(syntax))
            return native;
        throw new PresentationContextException(accepted.Count == 0
            ? $"{connection.Peer} accepted no presentation context for {message.SOPClassUID.Name} ({message.SOPClassUID.UID})"
            : $"{connection.Peer} does not accept {syntax.UID.Name} for {message.SOPClassUID.Name}, "
                + $"the transfer syntax of {store.Instance?.Path ?? store.SOPInstanceUID.UID}");
    }

    /// <summary>
    /// Whether this side has the SCU role for a C-STORE (PS3.7 D.3.3.4): the requestor unless it gave it up, the acceptor only where
    /// the requestor took the SCP role.
    /// </summary>
    private bool MaySend(DicomMessage message, DicomPresentationContext context) =>
        message is not DicomCStoreRequest || (isRequestor ? context.UserRole != false : context.ProviderRole == true);

    /// <summary>The instance of a message that is sent in the very bytes its file holds; null where its data set is encoded anew.</summary>
    private static StoredInstance? AsItIs(DicomMessage message, DicomPresentationContext context) =>
        message is DicomCStoreRequest { Instance: { DatasetOffset: not null } instance, IsOpened: false } request
            && context.AcceptedTransferSyntax == request.TransferSyntax
            ? instance
            : null;

    private static bool IsNative(DicomTransferSyntax syntax) =>
        syntax == DicomTransferSyntax.ExplicitVRLittleEndian
        || syntax == DicomTransferSyntax.ImplicitVRLittleEndian
        || syntax == DicomTransferSyntax.DeflatedExplicitVRLittleEndian;
}
