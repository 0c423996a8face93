using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;

namespace DicomRn.Node.Administration;

/// <summary>Asks a peer whether it is there: C-ECHO (PS3.4 A).</summary>
public static class PeerEcho
{
    /// <summary>What went wrong, beginning with the peer's address; the stack names it in some of its messages only.</summary>
    /// <param name="address">The peer, as <c>AE@host:port</c>.</param>
    /// <param name="failure">An exception of calling it.</param>
    public static string Describe(string address, Exception failure)
    {
        string message = Reason(failure).Message;
        if (message.StartsWith(address, StringComparison.Ordinal))
            return message;
        int host = address.IndexOf('@', StringComparison.Ordinal) + 1;
        return message.StartsWith(address[host..] + ":", StringComparison.Ordinal) ? address[..host] + message : $"{address}: {message}";
    }

    /// <summary>Whether an exception is what calling a peer may end with, told by <see cref="Describe"/>.</summary>
    public static bool IsExpected(Exception failure) =>
        Reason(failure) is DicomException or IOException or SocketException or AuthenticationException or TimeoutException;

    /// <summary>What made calling a peer fail: a stack may wrap what a task of its own has thrown.</summary>
    private static Exception Reason(Exception failure) =>
        failure is AggregateException { InnerExceptions: [Exception only] } ? Reason(only) : failure;

    /// <summary>Sends one C-ECHO.</summary>
    /// <param name="call">How the peer is called.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    /// <exception cref="DicomNetworkException">It refused, answered with a failure, or was not there.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    public static async Task<TimeSpan> SendAsync(PeerCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        DicomStatus? answer = null;
        IDicomClient client = call.CreateClient();
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
