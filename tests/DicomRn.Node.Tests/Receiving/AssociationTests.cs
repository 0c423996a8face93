using DicomRn.Node.Administration;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving;

public class AssociationTests
{
    [Fact]
    public async Task Association_from_unknown_AE_is_rejected()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);

        DicomAssociationRejectedException rejected = await Assert.ThrowsAsync<DicomAssociationRejectedException>(
            () => node.SendAsync(new DicomCStoreRequest(Instances.Mr("1.1")), calling: "STRANGER"));

        Assert.Equal(DicomRejectResult.Permanent, rejected.RejectResult);
        Assert.Equal(DicomRejectReason.CallingAENotRecognized, rejected.RejectReason);
        Assert.False(Directory.Exists(folder.Folders.Instances));
    }

    [Fact]
    public async Task Association_to_another_AE_title_is_rejected()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);

        DicomAssociationRejectedException rejected = await Assert.ThrowsAsync<DicomAssociationRejectedException>(
            () => node.SendAsync(new DicomCStoreRequest(Instances.Mr("1.1")), called: "OTHER"));

        Assert.Equal(DicomRejectReason.CalledAENotRecognized, rejected.RejectReason);
    }

    [Fact]
    public async Task Association_of_a_known_AE_from_another_host_is_rejected()
    {
        using NodeFolder folder = new();
        NodeOptions options = new() { Peers = { ["MR1"] = new PeerOptions { AeTitle = "MODALITY", Addresses = ["192.0.2.1"] } } };
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options);

        await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => node.SendAsync(Instances.Mr("1.1")));
    }

    [Fact]
    public async Task Association_of_a_peer_that_may_not_send_is_rejected()
    {
        using NodeFolder folder = new();
        NodeOptions options = new() { Peers = { ["PACS"] = new PeerOptions { AeTitle = "MODALITY", Sends = false } } };
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options);

        await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => node.SendAsync(Instances.Mr("1.1")));
    }

    [Fact]
    public async Task Anyone_may_send_where_the_settings_say_so()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, new NodeOptions { AcceptUnknownPeers = true });

        DicomStatus status = await node.SendAsync(new DicomCStoreRequest(Instances.Mr("1.1")), calling: "STRANGER");

        Assert.Equal(DicomStatus.Success, status);
    }

    [Fact]
    public async Task Storage_classes_the_node_does_not_work_with_are_refused_in_the_negotiation()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        DicomFile capture = Instances.Mr("1.1");
        capture.Dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage);

        DicomStatus status = await node.SendAsync(new DicomFile(capture.Dataset));

        Assert.Equal(DicomStatus.SOPClassNotSupported, status);
    }

    [Fact]
    public async Task A_peer_is_answered_its_echo()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);

        TimeSpan taken = await PeerEcho.SendAsync(
            "127.0.0.1", node.Port, "DICOMRN", "MODALITY", TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(taken > TimeSpan.Zero);
    }
}
