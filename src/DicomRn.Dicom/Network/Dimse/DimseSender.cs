using DicomRn.Dicom.IO.Writer;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network.Dimse;

/// <summary>Sends DIMSE messages over the accepted presentation contexts of an association.</summary>
/// <param name="connection">The connection.</param>
/// <param name="association">The association, agreed.</param>
/// <param name="isRequestor">Whether this side requested it.</param>
internal sealed class DimseSender(UpperLayerConnection connection, DicomAssociation association, bool isRequestor)
{
    /// <summary>Sends one message, its data set streamed.</summary>
    /// <exception cref="PresentationContextException">No accepted presentation context takes the message.</exception>
    /// <exception cref="DicomDataException">The data set cannot be encoded in the accepted transfer syntax.</exception>
    public async Task SendAsync(DicomMessage message, CancellationToken cancellationToken)
    {
        DicomPresentationContext context = ContextFor(message);
        message.PresentationContext = context;
        bool hasDataset = message.HasDataset;
        await using PDataStream stream = new(connection, context.ID, association.MaximumPDULength);
        CommandSetCodec.Write(message.Command, stream);
        await using FileStream? file = hasDataset ? AsItIs(message, context) : null;
        DicomDataset? dataset = hasDataset && file is null ? message.Dataset : null;

        await connection.BeginTurnAsync().ConfigureAwait(false);
        bool complete = false;
        try
        {
            await stream.EndCommandAsync(hasDataset).ConfigureAwait(false);
            if (file is not null)
                await stream.WriteFromAsync(file, cancellationToken).ConfigureAwait(false);
            else if (dataset is not null)
                await DicomDatasetWriter.WriteAsync(stream, dataset, context.AcceptedTransferSyntax!, null, cancellationToken).ConfigureAwait(false);
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

    /// <summary>The file of an instance that is sent in the very bytes it is stored in, positioned at its data set.</summary>
    private static FileStream? AsItIs(DicomMessage message, DicomPresentationContext context)
    {
        if (message is not DicomCStoreRequest { Instance: { DatasetOffset: { } offset } instance, IsOpened: false } request
            || context.AcceptedTransferSyntax != request.TransferSyntax)
        {
            return null;
        }

        FileStream file = new(instance.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        file.Position = offset;
        return file;
    }

    private static bool IsNative(DicomTransferSyntax syntax) =>
        syntax == DicomTransferSyntax.ExplicitVRLittleEndian
        || syntax == DicomTransferSyntax.ImplicitVRLittleEndian
        || syntax == DicomTransferSyntax.DeflatedExplicitVRLittleEndian;
}
