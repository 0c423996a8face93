using DicomRn.Node.Administration;

namespace DicomRn.Commands;

/// <summary>What <c>dicomrn echo --json</c> writes of a peer that answers.</summary>
/// <param name="Peer">It, as <c>AE@host:port</c>.</param>
/// <param name="CallingAeTitle">The AE title it was called with.</param>
/// <param name="IsSecured">Whether it was called over TLS.</param>
/// <param name="Milliseconds">From the call to the end of the association.</param>
internal sealed record EchoAnswer(string Peer, string CallingAeTitle, bool IsSecured, double Milliseconds)
{
    public static EchoAnswer Of(PeerCall call, TimeSpan taken) =>
        new(call.ToString(), call.CallingAeTitle, call.Tls is not null, Math.Round(taken.TotalMilliseconds, 1));
}
