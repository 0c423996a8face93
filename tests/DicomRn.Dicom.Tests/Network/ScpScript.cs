using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DicomRn.Dicom.Network;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>What a <see cref="ScriptedScp"/> answers; shared by all services of one server. What is not set is answered with success.</summary>
internal sealed class ScpScript
{
    public Func<DicomCFindRequest, CancellationToken, IAsyncEnumerable<DicomCFindResponse>> Find { get; set; } = (_, _) => None<DicomCFindResponse>();

    public Func<ScriptedScp, DicomCGetRequest, IAsyncEnumerable<DicomCGetResponse>> Get { get; set; } = (_, _) => None<DicomCGetResponse>();

    public Func<DicomCMoveRequest, IAsyncEnumerable<DicomCMoveResponse>> Move { get; set; } = _ => None<DicomCMoveResponse>();

    public Func<ScriptedScp, DicomNActionRequest, Task<DicomStatus>> Action { get; set; } = (_, _) => Task.FromResult(DicomStatus.Success);

    /// <summary>What happens after the response to an N-ACTION is sent.</summary>
    public Func<ScriptedScp, DicomNActionRequest, Task> AfterAction { get; set; } = (_, _) => Task.CompletedTask;

    public Func<DicomNEventReportRequest, Task<DicomStatus>> EventReport { get; set; } = _ => Task.FromResult(DicomStatus.Success);

    /// <summary>Awaited before a C-STORE or C-ECHO is answered.</summary>
    public Func<Task> Hold { get; set; } = () => Task.CompletedTask;

    /// <summary>All requests that reached a provider.</summary>
    public ConcurrentQueue<DicomRequest> Performed { get; } = [];

    private static async IAsyncEnumerable<T> None<T>([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        yield break;
    }
}
