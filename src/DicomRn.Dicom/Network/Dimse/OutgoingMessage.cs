namespace DicomRn.Dicom.Network.Dimse;

/// <summary>A message that is being laid out as PDUs.</summary>
/// <param name="message">The message.</param>
/// <param name="context">The presentation context it goes over.</param>
/// <param name="stream">Its PDUs; the command set is in them.</param>
/// <param name="file">The file whose bytes are the data set, positioned at it; null where the data set is encoded.</param>
internal sealed class OutgoingMessage(DicomMessage message, DicomPresentationContext context, PDataStream stream, FileStream? file)
    : IDisposable, IAsyncDisposable
{
    public DicomMessage Message { get; } = message;

    public DicomPresentationContext Context { get; } = context;

    public PDataStream Stream { get; } = stream;

    public FileStream? File { get; } = file;

    public void Dispose()
    {
        Stream.Dispose();
        File?.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        // Neither waits for anything: the file is only read.
        Dispose();
        return ValueTask.CompletedTask;
    }
}
