using DicomRn.Dicom.Network;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>What rude peers leave in memory. The counter is the whole process's, so nothing else may run beside this test.</summary>
[Collection(StoreMemoryTests.Name)]
public sealed class RudeMemoryTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Is_back_after_each_of_them_came_twenty_times()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        await ComeAsync(server, 2);
        // Pooled buffers grow with the threads that happen to run at once, and stop; what leaks grows every time.
        long left = long.MaxValue;
        for (int round = 0; round < 4 && left >= 4_000_000; round++)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            await ComeAsync(server, 20);
            left = GC.GetTotalMemory(forceFullCollection: true) - before;
        }

        Assert.True(left < 4_000_000, $"{left} bytes are left after {20 * RudePeers.Names.Count()} connections, and as many each time before");
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    private static async Task ComeAsync(TestServer server, int times)
    {
        for (int i = 0; i < times; i++)
        {
            foreach (string name in RudePeers.Names)
                await RudePeers.CallAsync(name, server.Port, Token);
            foreach (string _ in RudePeers.Names)
                await server.Events.NextAsync("closed", Token);
            server.Log.Clear();
        }
    }
}
