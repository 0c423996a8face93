using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Assembly;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DicomRn.Node.Tests.Administration;

public class NodeHostTests
{
    private const string Sop = Instances.Study + ".1.1";
    private const string ResultSop = Instances.Study + ".9.1";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_study_sent_to_the_node_ends_as_results_at_the_destination()
    {
        using NodeFolder folder = new();
        using FakePacs pacs = FakePacs.Willing();
        StudyResult result = await AnswerAsync(folder);
        FakePipeline pipeline = new((_, _) => Task.FromResult(result));
        await using NodeHost node = await StartAsync(folder, pacs, pipeline);
        using StudySubscription studies = node.Studies.Subscribe();

        Assert.Equal(DicomStatus.Success, await SendAsync(node));
        await studies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered);

        Assert.Equal([ResultSop], pacs.Received);
        Assert.Equal(1, pipeline.Runs);
        Assert.Equal(StudyOutcome.Answered, (await node.FindResultAsync(Instances.Study, Cancelled))!.Outcome);
        NodeStatus status = await node.GetStatusAsync(Cancelled);
        Assert.Equal(1, status.Studies[StudyState.Delivered]);
        Assert.Equal(1, Assert.Single(status.Deliveries).Delivered);
        await node.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_node_stopped_while_it_processes_finishes_the_study_at_its_next_start()
    {
        using NodeFolder folder = new();
        using FakePacs pacs = FakePacs.Willing();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FakePipeline endless = new(async (_, cancellationToken) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("Not reached.");
        });
        await using (NodeHost before = await StartAsync(folder, pacs, endless))
        {
            await SendAsync(before);
            await begun.Task.WaitAsync(Cancelled);
            await before.StopAsync(Cancelled);
        }

        StudyResult result = await AnswerAsync(folder);
        await using NodeHost after = await CreateAsync(folder, pacs, new FakePipeline((_, _) => Task.FromResult(result)));
        using StudySubscription studies = after.Studies.Subscribe();
        await after.StartAsync(Cancelled);
        await studies.WaitForAsync(Instances.Study, Cancelled, StudyState.Delivered);

        Assert.Equal([ResultSop], pacs.Received);
        await after.StopAsync(Cancelled);
    }

    [Fact]
    public async Task A_pipeline_that_throws_every_time_leaves_the_study_to_a_person_with_the_reason()
    {
        using NodeFolder folder = new();
        using FakePacs pacs = FakePacs.Willing();
        FakePipeline broken = new((_, _) => throw new InvalidDataException("The model pack is damaged."));
        await using NodeHost node = await StartAsync(folder, pacs, broken);
        using StudySubscription studies = node.Studies.Subscribe();

        await SendAsync(node);
        StudyChanged end = await studies.WaitForAsync(Instances.Study, Cancelled, StudyState.NeedsAttention);

        Assert.Equal(3, broken.Runs);
        Assert.Contains("The model pack is damaged.", end.Reason, StringComparison.Ordinal);
        Assert.NotNull(end.WhatToDo);
        Assert.Equal(Instances.Study, Assert.Single((await node.GetStatusAsync(Cancelled)).Attention).StudyInstanceUid);
        await node.StopAsync(Cancelled);
    }

    private static async Task<StudyResult> AnswerAsync(NodeFolder folder) => new()
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

    private static async Task<NodeHost> StartAsync(NodeFolder folder, FakePacs pacs, IStudyPipeline pipeline)
    {
        NodeHost node = await CreateAsync(folder, pacs, pipeline);
        await node.StartAsync(Cancelled);
        return node;
    }

    private static Task<NodeHost> CreateAsync(NodeFolder folder, FakePacs pacs, IStudyPipeline pipeline) => NodeHost.CreateAsync(
        new NodeSettings
        {
            Node = new NodeOptions
            {
                BindAddress = "127.0.0.1",
                Port = 0,
                DataDirectory = folder.Path,
                AcceptUnknownPeers = true,
                Peers =
                {
                    ["PACS"] = new PeerOptions { AeTitle = "PACS", Host = "127.0.0.1", Port = pacs.Port, ReceivesResults = true },
                },
            },
            Assembly = new AssemblyOptions { QuietPeriod = TimeSpan.FromMilliseconds(50), AttemptDelay = TimeSpan.Zero },
        },
        services: services => services.AddSingleton(pipeline),
        cancellationToken: Cancelled);

    private static async Task<DicomStatus?> SendAsync(NodeHost node)
    {
        DicomStatus? status = null;
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr(Sop))
        {
            OnResponseReceived = (_, response) => status = response.Status,
        });
        await client.SendAsync(Cancelled);
        return status;
    }
}
