using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving;

public sealed class LoggedFolderTests : IDisposable
{
    private const string Sop = "1.2.826.0.1.3680043.2.1.7.1.1";
    private readonly NodeFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, Sop + ".dcm");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_receiver_with_a_log_leaves_the_files_and_no_log()
    {
        await using (FolderReceiver receiver = Start())
        {
            Assert.Equal(DicomStatus.Success, await SendAsync(receiver, "first"));
            Assert.Equal(DicomStatus.Success, await SendAsync(receiver, "second"));
        }

        Assert.Equal([FilePath], Directory.EnumerateFileSystemEntries(_folder.Path));
        Assert.Equal("second", (await DicomFile.OpenAsync(FilePath)).Dataset.GetSingleValue<string>(DicomTag.ImageComments));
    }

    [Fact]
    public async Task What_a_killed_receiver_had_in_its_log_becomes_a_file_at_the_next_start()
    {
        using (InstanceLog log = InstanceLog.Open(Path.Combine(_folder.Path, ".log"), new InstanceLogOptions { SegmentSize = 1 << 20 }))
            await log.AppendAsync(Instances.Mr(Sop), DateTimeOffset.UnixEpoch);

        await using (Start())
        {
        }

        Assert.Equal([FilePath], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private FolderReceiver Start() => FolderReceiver.Start(new FolderReceiverSettings
    {
        Folder = _folder.Path,
        BindAddress = "127.0.0.1",
        Sync = ReceiveDurability.Log,
    });

    private static async Task<DicomStatus> SendAsync(FolderReceiver receiver, string comment)
    {
        DicomStatus? status = null;
        DicomCStoreRequest request = new(Instances.Mr(Sop, comment)) { OnResponseReceived = (_, response) => status = response.Status };
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", receiver.Port, false, "MODALITY", "ANY-SCP");
        await client.AddRequestAsync(request);
        await client.SendAsync(TestContext.Current.CancellationToken);
        return status ?? throw new InvalidOperationException("There was no answer.");
    }
}
