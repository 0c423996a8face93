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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_may_not_send_is_answered_its_echo_where_it_may_echo(bool echoes)
    {
        using NodeFolder folder = new();
        NodeOptions options = new() { Peers = { ["PACS"] = new PeerOptions { AeTitle = "MODALITY", Sends = false, Echoes = echoes } } };
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options);

        Task<TimeSpan> echo = PeerEcho.SendAsync(Call(node), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        if (echoes)
            await echo;
        else
            await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => echo);
    }

    [Fact]
    public async Task PDU_length_operations_and_transfer_syntaxes_are_those_of_the_calling_peer()
    {
        using NodeFolder folder = new();
        NodeOptions options = new()
        {
            Peers =
            {
                ["MR1"] = new PeerOptions
                {
                    AeTitle = "MODALITY",
                    MaximumPduLength = 20_000,
                    OperationsAtOnce = 3,
                    TransferSyntaxes = [DicomUID.ImplicitVRLittleEndian.UID],
                },
                ["MR2"] = new PeerOptions { AeTitle = "OTHER" },
            },
        };
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options);

        DicomAssociation special = await AssociateAsync(node, "MODALITY");
        DicomAssociation plain = await AssociateAsync(node, "OTHER");

        Assert.Equal(20_000u, special.MaximumPDULength);
        Assert.Equal(3, special.MaxAsyncOpsInvoked);
        Assert.Equal([DicomTransferSyntax.ImplicitVRLittleEndian], Accepted(special));
        Assert.Equal(262_144u, plain.MaximumPDULength);
        Assert.Equal(1, plain.MaxAsyncOpsInvoked);
        Assert.Equal([DicomTransferSyntax.ExplicitVRLittleEndian], Accepted(plain));
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

    [Theory]
    [InlineData("1.2.840.10008.4.2", "1.2.840.10008.5.1.4.1.1.4", true)]
    [InlineData("1.2.840.10008.4.2", @"1.2.840.10008.5.1.4.1.1.7\1.2.840.10008.5.1.4.1.1.66.4", true)]
    [InlineData("1.2.840.10008.4.2", "1.2.840.10008.5.1.4.1.1.7", false)]
    [InlineData("1.2.840.10008.4.2", "", false)]
    [InlineData("1.2.826.0.1.3680043.8.1055.4.2", "1.2.840.10008.5.1.4.1.1.4", false)]
    [InlineData(null, "", false)]
    public async Task Unknown_storage_class_is_taken_where_the_caller_names_a_known_one_as_its_general_one(
        string? serviceClass, string generalClasses, bool taken)
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        DicomFile image = Instances.Mr("1.1");
        image.Dataset.AddOrUpdate(DicomTag.SOPClassUID, "1.2.826.0.1.3680043.8.1055.99");
        DicomCStoreRequest request = new(new DicomFile(image.Dataset))
        {
            CommonServiceClassUid = serviceClass is null ? null : DicomUID.Parse(serviceClass),
            RelatedGeneralSopClasses = [.. generalClasses.Split('\\', StringSplitOptions.RemoveEmptyEntries).Select(DicomUID.Parse)],
        };

        DicomStatus status = await node.SendAsync(request);

        Assert.Equal(taken ? DicomStatus.Success : DicomStatus.SOPClassNotSupported, status);
        Assert.Equal(taken, Directory.Exists(folder.Folders.Instances));
    }

    [Fact]
    public async Task Peer_that_may_not_send_sends_no_unknown_class_either()
    {
        using NodeFolder folder = new();
        NodeOptions options = new() { Peers = { ["PACS"] = new PeerOptions { AeTitle = "MODALITY", Sends = false } } };
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options);
        IDicomClient client = Call(node).CreateClient();
        DicomFile image = Instances.Mr("1.1");
        image.Dataset.AddOrUpdate(DicomTag.SOPClassUID, "1.2.826.0.1.3680043.8.1055.99");
        DicomStatus? status = null;
        await client.AddRequestAsync(new DicomCEchoRequest());
        await client.AddRequestAsync(new DicomCStoreRequest(new DicomFile(image.Dataset))
        {
            CommonServiceClassUid = DicomUID.Storage,
            RelatedGeneralSopClasses = [DicomUID.MRImageStorage],
            OnResponseReceived = (_, response) => status = response.Status,
        });

        await client.SendAsync(TestContext.Current.CancellationToken);

        Assert.Equal(DicomStatus.SOPClassNotSupported, status);
    }

    [Fact]
    public async Task A_peer_is_answered_its_echo()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);

        TimeSpan taken = await PeerEcho.SendAsync(
            Call(node), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(taken > TimeSpan.Zero);
    }

    private static IEnumerable<DicomTransferSyntax?> Accepted(DicomAssociation association) => association.PresentationContexts
        .Where(c => c.AbstractSyntax == DicomUID.MRImageStorage && c.Result == DicomPresentationContextResult.Accept)
        .Select(c => c.AcceptedTransferSyntax);

    private static async Task<DicomAssociation> AssociateAsync(ReceivingNode node, string calling)
    {
        IDicomClient client = (Call(node) with { CallingAeTitle = calling, OperationsAtOnce = 8 }).CreateClient();
        DicomAssociation? accepted = null;
        client.AssociationAccepted += (_, e) => accepted = e.Association;
        DicomPresentationContext images = new(1, DicomUID.MRImageStorage);
        images.AddTransferSyntax(DicomTransferSyntax.ExplicitVRLittleEndian);
        images.AddTransferSyntax(DicomTransferSyntax.ImplicitVRLittleEndian);
        client.AdditionalPresentationContexts.Add(images);
        await client.AddRequestAsync(new DicomCEchoRequest());
        await client.SendAsync(TestContext.Current.CancellationToken);
        return accepted ?? throw new InvalidOperationException("There was no association.");
    }

    private static PeerCall Call(ReceivingNode node) =>
        new() { Host = "127.0.0.1", Port = node.Port, CalledAeTitle = "DICOMRN", CallingAeTitle = "MODALITY" };
}
