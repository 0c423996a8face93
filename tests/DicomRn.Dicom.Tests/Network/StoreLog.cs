using System.Threading.Channels;
using DicomRn.Dicom.Network;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>What a <see cref="FolderScp"/> does and what happens to it; shared by all services of one server.</summary>
internal sealed class StoreLog
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    public required string Folder { get; init; }

    public string[]? CallingAes { get; init; }

    public DicomTransferSyntax[] TransferSyntaxes { get; init; } =
        [DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian];

    public Func<DicomCStoreRequest, Task<DicomStatus>>? Answer { get; init; }

    /// <summary>How many operations it lets a peer have outstanding; null leaves it to the stack.</summary>
    public int? Window { get; init; }

    /// <summary>Looks at an association, and may change it, before it is accepted; false rejects it as not authorised.</summary>
    public Func<DicomAssociation, bool>? Negotiate { get; init; }

    public bool Decides { get; init; } = true;

    /// <summary>The service of the association requested last.</summary>
    public DicomService? Service { get; set; }

    /// <summary>What the service throws when an association is requested.</summary>
    public Exception? Fault { get; set; }

    public void Note(string what) => _events.Writer.TryWrite(what);

    /// <summary>The next event.</summary>
    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _events.Reader.ReadAsync(cancellationToken);

    /// <summary>Waits for the first event that begins so, and drops those before it.</summary>
    public async Task<string> NextAsync(string beginning, CancellationToken cancellationToken)
    {
        while (true)
        {
            string next = await NextAsync(cancellationToken);
            if (next.StartsWith(beginning, StringComparison.Ordinal))
                return next;
        }
    }

    /// <summary>All events that have been noted and not been read.</summary>
    public List<string> Drain()
    {
        List<string> drained = [];
        while (_events.Reader.TryRead(out string? next))
            drained.Add(next);
        return drained;
    }
}
