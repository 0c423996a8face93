using System.Globalization;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>Every class of status, as a PACS sends it.</summary>
public class DeliveryStatusTests
{
    private const string Sop = "1.2.826.0.1.3680043.2.1.9.1";

    [Theory]
    [InlineData("0000", DeliveryState.Delivered)]
    [InlineData("0001", DeliveryState.Delivered)]
    [InlineData("0107", DeliveryState.Delivered)]
    [InlineData("0116", DeliveryState.Delivered)]
    [InlineData("B000", DeliveryState.Delivered)]
    [InlineData("B006", DeliveryState.Delivered)]
    [InlineData("B007", DeliveryState.Delivered)]
    [InlineData("B123", DeliveryState.Delivered)]
    [InlineData("0111", DeliveryState.Delivered)]
    [InlineData("A700", DeliveryState.Queued)]
    [InlineData("A7FE", DeliveryState.Queued)]
    [InlineData("0110", DeliveryState.Queued)]
    [InlineData("0210", DeliveryState.Queued)]
    [InlineData("0213", DeliveryState.Queued)]
    [InlineData("A800", DeliveryState.Failed)]
    [InlineData("A900", DeliveryState.Failed)]
    [InlineData("A9FF", DeliveryState.Failed)]
    [InlineData("C000", DeliveryState.Failed)]
    [InlineData("CFFF", DeliveryState.Failed)]
    [InlineData("0117", DeliveryState.Failed)]
    [InlineData("0122", DeliveryState.Failed)]
    [InlineData("0124", DeliveryState.Failed)]
    [InlineData("0211", DeliveryState.Failed)]
    [InlineData("0212", DeliveryState.Failed)]
    [InlineData("4711", DeliveryState.Failed)]
    public async Task Status_decides_what_becomes_of_a_result(string code, DeliveryState state)
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(Sop);
        DicomStatus status = DicomStatus.Lookup(ushort.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        using ArchivePacs pacs = new() { Answer = _ => status };

        await outbox.Queue(pacs.Port).SendDueAsync(TestContext.Current.CancellationToken);

        DeliveryRecord delivery = await outbox.DeliveryAsync();
        Assert.Equal(state, delivery.State);
        Assert.Equal(code == "0000", delivery.LastError is null);
        Assert.Equal(status.Code, delivery.LastStatus);
    }

    [Fact]
    public async Task SOP_class_that_the_destination_does_not_take_fails_and_the_others_arrive()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(Sop);
        using ArchivePacs pacs = new() { Rejects = { DicomUID.SecondaryCaptureImageStorage } };

        await outbox.Queue(pacs.Port).SendDueAsync(TestContext.Current.CancellationToken);

        DeliveryRecord delivery = await outbox.DeliveryAsync();
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Contains("0122", delivery.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destination_that_does_not_answer_is_tried_again()
    {
        using NodeFolder folder = new();
        await using Outbox outbox = await Outbox.OpenAsync(folder);
        await outbox.QueueAsync(Sop);
        using System.Net.Sockets.TcpListener silent = new(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        DestinationQueue queue = new(
            new Destination(Outbox.Destination, new PeerCall
            {
                Host = "127.0.0.1",
                Port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port,
                CalledAeTitle = "PACS",
                CallingAeTitle = "DICOMRN",
                AssociationTimeout = TimeSpan.FromMilliseconds(200),
            }, PeerCommitment.None),
            outbox.Options, outbox.Routing, outbox.Store.Store, outbox.Store.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        await queue.SendDueAsync(TestContext.Current.CancellationToken);

        DeliveryRecord delivery = await outbox.DeliveryAsync();
        Assert.Equal(DeliveryState.Queued, delivery.State);
        Assert.Equal(1, delivery.Attempts);
        Assert.Null(delivery.LastStatus);
    }
}
