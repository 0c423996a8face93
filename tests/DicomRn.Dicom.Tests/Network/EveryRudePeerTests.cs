using DicomRn.Dicom.Network;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>
/// After every peer of <see cref="RudePeers"/> the next association is served, nothing of its instance is on disk, and the log names
/// the peer and no patient.
/// </summary>
public sealed class EveryRudePeerTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    public static TheoryData<string> Names => [.. RudePeers.Names];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Harms_nobody(string peer)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, maximumClients: 1);
        await RudePeers.CallAsync(peer, server.Port, Token);
        await server.Events.NextAsync("closed", Token);

        Assert.Empty(Directory.GetFiles(_received.Path));
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
        if (!peer.EndsWith("and gone", StringComparison.Ordinal))
            Assert.Contains(server.Log.Lines, line => line.Contains("127.0.0.1:", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("SECRET", StringComparison.Ordinal));
        // A fault of the stack's own would be logged so.
        Assert.DoesNotContain(server.Log.Lines, line => line.StartsWith("3017", StringComparison.Ordinal));
    }
}
