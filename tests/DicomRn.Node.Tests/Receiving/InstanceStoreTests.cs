using System.Security.Cryptography;
using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Tests.Receiving;

public class InstanceStoreTests
{
    private const string Sop = "1.2.826.0.1.3680043.2.1.7.1.1";

    [Theory]
    [InlineData(512)]
    [InlineData(300_000)]
    public async Task What_is_acknowledged_is_a_complete_file_with_its_record(int pixelBytes)
    {
        using NodeFolder folder = new();
        // The smallest buffer, so that the larger instance takes the way over the disk.
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options: new ReceivingOptions { MemoryPerInstance = 0 });

        Assert.Equal(DicomStatus.Success, await node.SendAsync(Instances.Mr(Sop, pixelBytes: pixelBytes)));

        InstanceRecord record = await RecordAsync(node);
        string path = folder.Folders.Absolute(record.Path);
        Assert.EndsWith($"{Instances.Study}/{Instances.Series}/{Sop}.dcm", record.Path, StringComparison.Ordinal);
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(record.Size, bytes.Length);
        Assert.Equal(record.DataSetHash, SHA256.HashData(bytes.AsSpan(record.DataSetOffset)));
        Assert.Equal("MODALITY", record.SourceAeTitle);
        DicomFile stored = await DicomFile.OpenAsync(path);
        Assert.Equal(pixelBytes, stored.Dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.Buffer.Size);
        Assert.Equal(Sop, stored.FileMetaInfo.MediaStorageSOPInstanceUID!.UID);
        Assert.Empty(Directory.EnumerateFiles(node.Log.Inbox));
    }

    [Fact]
    public async Task The_same_instance_again_is_a_success_and_no_news()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        await node.SendAsync(Instances.Mr(Sop));
        StudyRecord before = await StudyAsync(node);

        Assert.Equal(DicomStatus.Success, await node.SendAsync(Instances.Mr(Sop)));

        StudyRecord after = await StudyAsync(node);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(1, after.InstanceCount);
    }

    [Fact]
    public async Task The_same_instance_in_another_encoding_is_a_success_and_no_news()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        await node.SendAsync(Instances.Mr(Sop));
        DicomFile again = new(new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian));
        Instances.Mr(Sop).Dataset.CopyTo(again.Dataset);
        again.FileMetaInfo.TransferSyntax = DicomTransferSyntax.ImplicitVRLittleEndian;
        again.FileMetaInfo.MediaStorageSOPClassUID = DicomUID.MRImageStorage;
        again.FileMetaInfo.MediaStorageSOPInstanceUID = DicomUID.Parse(Sop);

        Assert.Equal(DicomStatus.Success, await node.SendAsync(again));

        Assert.False(Directory.Exists(folder.Folders.Quarantine));
    }

    [Fact]
    public async Task Other_content_under_the_same_UID_is_refused_and_set_aside_and_the_first_stays()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        await node.SendAsync(Instances.Mr(Sop, comment: "first"));
        byte[] first = await FileAsync(folder, node);

        DicomStatus status = await node.SendAsync(Instances.Mr(Sop, comment: "second"));

        Assert.Equal(DicomStatus.DuplicateSOPInstance, status);
        Assert.Equal(first, await FileAsync(folder, node));
        string aside = Assert.Single(Directory.EnumerateFiles(folder.Folders.Quarantine));
        Assert.Equal("second", (await DicomFile.OpenAsync(aside)).Dataset.GetSingleValue<string>(DicomTag.ImageComments));
        QuarantineRecord record = await node.Store.Store.ReadAsync(db => db.Quarantine.SingleAsync());
        Assert.Equal(Sop, record.SopInstanceUid);
        Assert.Equal("MODALITY", record.SourceAeTitle);
    }

    [Fact]
    public async Task The_same_UID_in_another_study_is_refused_and_set_aside()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        await node.SendAsync(Instances.Mr(Sop));
        DicomFile elsewhere = Instances.Mr(Sop);
        elsewhere.Dataset.AddOrUpdate(DicomTag.StudyInstanceUID, Instances.Study + ".2");

        Assert.Equal(DicomStatus.DuplicateSOPInstance, await node.SendAsync(elsewhere));

        Assert.Single(Directory.EnumerateFiles(folder.Folders.Quarantine));
        await node.SettledAsync();
        Assert.Single(Directory.EnumerateFiles(folder.Folders.Instances, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_was_lost_is_replaced_when_its_instance_comes_again()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        await node.SendAsync(Instances.Mr(Sop));
        byte[] first = await FileAsync(folder, node);
        File.Delete(folder.Folders.Absolute((await RecordAsync(node)).Path));

        Assert.Equal(DicomStatus.Success, await node.SendAsync(Instances.Mr(Sop)));

        Assert.Equal(first, await FileAsync(folder, node));
        Assert.False(Directory.Exists(folder.Folders.Quarantine));
    }

    [Fact]
    public async Task The_same_instance_over_two_associations_at_once_is_stored_once()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);

        DicomStatus[] statuses = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => node.SendAsync(Instances.Mr(Sop, pixelBytes: 200_000))));

        Assert.All(statuses, status => Assert.Equal(DicomStatus.Success, status));
        Assert.Equal(1, (await StudyAsync(node)).InstanceCount);
    }

    [Fact]
    public async Task A_data_set_of_another_instance_than_announced_is_refused()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        DicomFile file = Instances.Mr(Sop);
        DicomCStoreRequest request = new(file);
        file.Dataset.AddOrUpdate(DicomTag.SOPInstanceUID, Sop + ".2");

        Assert.Equal(DicomStatus.StorageDataSetDoesNotMatchSOPClassError, await node.SendAsync(request));

        Assert.False(node.Log.AreAny);
        Assert.False(Directory.Exists(folder.Folders.Instances));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../1")]
    [InlineData("1.2/3")]
    [InlineData("1.2.3\\4")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_UID_that_could_leave_its_folder_makes_no_path(string uid) => Assert.False(InstanceIdentity.IsUsable(uid));

    [Fact]
    public async Task Instances_of_two_patients_in_one_study_are_noted()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        await node.SendAsync(Instances.Mr(Sop, patientId: "ONE"));
        await node.SendAsync(Instances.Mr(Sop + ".2", patientId: "TWO"));

        Assert.True((await StudyAsync(node)).HasPatientMismatch);
    }

    [Theory]
    [InlineData("first", 0x0000)]
    [InlineData("second", 0x0111)]
    public async Task An_instance_that_comes_again_before_it_has_left_the_log_is_judged_all_the_same(string comment, int status)
    {
        using NodeFolder folder = new();
        InstanceLogOptions slow = ReceivingNode.SmallLog;
        slow.SettleDelay = TimeSpan.FromSeconds(10);
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, instances: slow);
        await node.SendAsync(Instances.Mr(Sop, comment: "first"));
        Assert.True(node.Log.AreAny);

        Assert.Equal(status, (await node.SendAsync(Instances.Mr(Sop, comment: comment))).Code);

        Assert.Equal(1, (await StudyAsync(node)).InstanceCount);
    }

    [Fact]
    public async Task With_less_disk_free_than_has_to_be_instances_are_refused_and_echoes_answered()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(
            folder, options: new ReceivingOptions { DiskReserve = { Bytes = 1L << 50 } });

        Assert.Equal(0xA700, (await node.SendAsync(Instances.Mr(Sop))).Code);

        DicomCEchoRequest echo = new();
        DicomStatus? answer = null;
        echo.OnResponseReceived = (_, response) => answer = response.Status;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(echo);
        await client.SendAsync(TestContext.Current.CancellationToken);
        Assert.Equal(DicomStatus.Success, answer);
        Assert.False(node.Log.AreAny);
    }

    private static async Task<InstanceRecord> RecordAsync(ReceivingNode node)
    {
        await node.SettledAsync();
        return await node.Store.Store.ReadAsync(db => db.Instances.SingleAsync());
    }

    private static async Task<StudyRecord> StudyAsync(ReceivingNode node)
    {
        await node.SettledAsync();
        return await node.Store.StudyAsync(Instances.Study);
    }

    private static async Task<byte[]> FileAsync(NodeFolder folder, ReceivingNode node) =>
        await File.ReadAllBytesAsync(folder.Folders.Absolute((await RecordAsync(node)).Path), TestContext.Current.CancellationToken);
}
