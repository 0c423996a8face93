using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Assembly;
using DicomRn.Node.Delivery;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>All destinations of a node at once.</summary>
public class DeliveryServiceTests
{
    private const string Sop = Instances.Study + ".1.1";
    private const string ResultSop = Instances.Study + ".9.1";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dead_destination_holds_up_neither_another_nor_receiving_and_gets_its_results_when_it_is_back()
    {
        using NodeFolder folder = new();
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using FakePacs live = new(_ =>
        {
            arrived.TrySetResult();
            return DicomStatus.Success;
        });
        int deadPort;
        using (FakePacs before = FakePacs.Willing())
            deadPort = before.Port;
        StudyResult result = new()
        {
            StudyInstanceUid = Instances.Study,
            Outcome = StudyOutcome.Answered,
            Results =
            [
                new ResultFile(
                    await Instances.WriteResultAsync(folder, ResultSop), ResultKind.SC,
                    DicomUID.SecondaryCaptureImageStorage.UID, ResultSop, Instances.Study + ".9"),
            ],
        };
        await using NodeHost node = await NodeHost.CreateAsync(
            Settings(folder, live.Port, deadPort),
            services: services => services.AddSingleton<IStudyPipeline>(new FakePipeline((_, _) => Task.FromResult(result))),
            cancellationToken: Cancelled);
        await node.StartAsync(Cancelled);
        using StudySubscription studies = node.Studies.Subscribe();

        Assert.Equal(DicomStatus.Success, await SendAsync(node, Sop));
        await arrived.Task.WaitAsync(Cancelled);
        Assert.Equal(1, (await node.GetStatusAsync(Cancelled)).Studies[StudyState.Delivering]);
        Assert.Equal(DicomStatus.Success, await EchoAsync(node));

        using FakePacs dead = FakePacs.Willing(deadPort);
        await studies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered);

        Assert.Equal([ResultSop], dead.Received);
        Assert.Equal([ResultSop], live.Received);
        await node.StopAsync(Cancelled);
    }

    private static NodeSettings Settings(NodeFolder folder, int live, int dead) => new()
    {
        Node = new NodeOptions
        {
            BindAddress = "127.0.0.1",
            Port = 0,
            DataDirectory = folder.Path,
            AcceptUnknownPeers = true,
            Peers =
            {
                ["DEAD"] = new PeerOptions { AeTitle = "DEAD", Host = "127.0.0.1", Port = dead, ReceivesResults = true },
                ["LIVE"] = new PeerOptions { AeTitle = "LIVE", Host = "127.0.0.1", Port = live, ReceivesResults = true },
            },
        },
        Assembly = new AssemblyOptions { QuietPeriod = TimeSpan.FromMilliseconds(50) },
        Delivery = new DeliveryOptions
        {
            ImmediateRetries = 0,
            RetryDelay = TimeSpan.FromMilliseconds(100),
            MaximumRetryDelay = TimeSpan.FromMilliseconds(200),
            BreakDuration = TimeSpan.FromMilliseconds(500),
        },
    };

    private static async Task<DicomStatus?> SendAsync(NodeHost node, string sop)
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr(sop)) { OnResponseReceived = (_, response) => status = response.Status });
        await client.SendAsync(Cancelled);
        return status;
    }

    private static async Task<DicomStatus?> EchoAsync(NodeHost node)
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(new DicomCEchoRequest { OnResponseReceived = (_, response) => status = response.Status });
        await client.SendAsync(Cancelled);
        return status;
    }
}
