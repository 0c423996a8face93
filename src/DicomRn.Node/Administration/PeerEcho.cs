using System.Diagnostics;

namespace DicomRn.Node.Administration;

/// <summary>Asks a peer whether it is there: C-ECHO (PS3.4 A).</summary>
public static class PeerEcho
{
    /// <summary>What went wrong, beginning with the peer's address; the stack names it in some of its messages only.</summary>
    /// <param name="address">The peer, as <c>AE@host:port</c>.</param>
    /// <param name="failure">An exception of calling it.</param>
    public static string Describe(string address, Exception failure) =>
        failure.Message.StartsWith(address, StringComparison.Ordinal) ? failure.Message : $"{address}: {failure.Message}";

    /// <summary>Sends one C-ECHO.</summary>
    /// <param name="host">Its host name or address.</param>
    /// <param name="port">Its port.</param>
    /// <param name="calledAeTitle">Its AE title.</param>
    /// <param name="callingAeTitle">The AE title to call it with.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="DicomNetworkException">It refused, answered with a failure, or was not there.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public static async Task<TimeSpan> SendAsync(
        string host, int port, string calledAeTitle, string callingAeTitle, TimeSpan timeout, CancellationToken cancellationToken)
    {
        DicomStatus? answer = null;
        IDicomClient client = DicomClientFactory.Create(host, port, false, callingAeTitle, calledAeTitle);
        await client.AddRequestAsync(new DicomCEchoRequest
        {
            OnResponseReceived = (_, response) => answer = response.Status,
        });
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await client.SendAsync(limit.Token, DicomClientCancellationMode.ImmediatelyAbortAssociation);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {timeout.TotalSeconds:0.#} s");
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (limit.IsCancellationRequested && answer is null)
            throw new TimeoutException($"no answer within {timeout.TotalSeconds:0.#} s");
        if (answer is null)
            throw new DicomNetworkException("no answer to the C-ECHO");
        if (answer.State != DicomState.Success)
            throw new DicomNetworkException($"the C-ECHO was answered with status {answer.Code:X4} {answer.Description}");
        return Stopwatch.GetElapsedTime(start);
    }
}
