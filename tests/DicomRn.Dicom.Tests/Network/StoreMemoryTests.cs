using DicomRn.Dicom.Network;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>What storing costs in memory. The counter is the whole process's, so nothing else may run beside these tests.</summary>
[Collection(Name)]
public sealed class StoreMemoryTests : IDisposable
{
    public const string Name = "alone in the process";
    private readonly TemporaryFolder _received = new();
    private readonly TemporaryFolder _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _received.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Fifty_megabytes_stream_through_with_bounded_memory()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        string small = Instances.Mr().Save(_source);
        string large = Instances.Mr(5120, 5120).Save(_source);
        await StoreTests.SendAsync(server.Client(), [new DicomCStoreRequest(small)]);

        long before = GC.GetTotalAllocatedBytes(precise: true);
        List<DicomStatus> statuses = await StoreTests.SendAsync(server.Client(), [new DicomCStoreRequest(large)]);
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal([DicomStatus.Success], statuses);
        Assert.True(new FileInfo(large).Length > 50_000_000);
        Assert.True(allocated < 8_000_000, $"{allocated} bytes allocated by sender and receiver for 52 MB");
        Assert.Equal(
            StoreTests.Dataset(await File.ReadAllBytesAsync(large, Token)),
            StoreTests.Dataset(await File.ReadAllBytesAsync(_received[Path.GetFileName(large)], Token)));
    }
}

/// <summary>Runs after the parallel collections, by itself.</summary>
[CollectionDefinition(StoreMemoryTests.Name, DisableParallelization = true)]
public sealed class AloneInTheProcess;
