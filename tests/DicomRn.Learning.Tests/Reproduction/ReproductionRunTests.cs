using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Pretraining;
using DicomRn.Learning.Reproduction;
using DicomRn.Learning.Training;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Reproduction;

/// <summary>The whole experiment with the fewest phantoms and the smallest transformer.</summary>
[Collection(Torch.SeededTrainingCollection.Name)]
public sealed class ReproductionRunTests : IDisposable
{
    private static readonly ReproductionPlan Tiny = new()
    {
        Seed = 3,
        Quick = true,
        Cohort = new PhantomCohortOptions { Seed = 3, Unlabelled = 12, Labelled = 24, HeldOutShare = 0.25, External = 10, TimePoints = 1, Edge = 32 },
        Model = VitConfiguration.Small with { ImageSize = 32, PatchSize = 16, HiddenSize = 12, MlpSize = 24, Layers = 1 },
        Pretraining = new PretrainingSettings
        {
            Seed = 3,
            Epochs = 2,
            BatchSize = 4,
            ProjectionSize = 8,
            ValidationShare = 0.25,
            CheckpointEvery = 2,
            ReportEvery = 1,
        },
        Finetuning = new FinetuningSettings { Seed = 3, Folds = 2, Epochs = 1, BatchSize = 8, Views = new ViewSettings() },
        BootstrapDraws = 100,
    };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Interrupted_anywhere_and_carried_on_it_gives_the_same_table()
    {
        ReproductionTable whole = await RunAsync("whole", new Reports(_ => { }), Cancel);
        Assert.Equal(2 * ReproductionModel.All.Count, whole.Rows.Count);
        Assert.All(whole.Rows, r => Assert.True(r.Phantom && r.Auc is >= 0 and <= 1 && r.Low <= r.Auc && r.Auc <= r.High));
        Assert.All(whole.Rows, r => Assert.Equal(r.Model != ReproductionModel.Reference, r.P is not null));
        Assert.Equal(10, whole.Rows.First(r => r.Centre == ReproductionTable.SecondCentre).N);
        Assert.Equal(24, whole.Rows[0].N + whole.CrossValidated[0].N);
        Assert.Contains("Synthetic phantoms, no patients", await File.ReadAllTextAsync(_folder["whole", ReproductionRun.ReportName], Cancel), StringComparison.Ordinal);
        Assert.Equal(1 + whole.Rows.Count + whole.CrossValidated.Count, (await File.ReadAllLinesAsync(_folder["whole", ReproductionRun.CsvName], Cancel)).Length);

        // In the cohort, in pre-training after its first checkpoint, in a fold of a transformer, and before the evaluation.
        foreach (Func<ReproductionProgress, bool> moment in new Func<ReproductionProgress, bool>[]
        {
            p => p is { Step: "cohort" } && p.Detail.StartsWith("making", StringComparison.Ordinal),
            p => p is { Step: "pretraining" } && p.Detail.StartsWith("update 3 ", StringComparison.Ordinal),
            p => p is { Step: "self-supervised" } && p.Detail.StartsWith("repeat0-fold0", StringComparison.Ordinal),
            p => p is { Step: "evaluation" },
        })
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            bool reached = false;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync("parts", new Reports(p =>
            {
                if (!moment(p))
                    return;
                reached = true;
                stop.Cancel();
            }), stop.Token));
            Assert.True(reached);
            Assert.False(File.Exists(_folder["parts", ReproductionRun.TableName]));
        }

        List<ReproductionProgress> last = [];
        ReproductionTable parts = await RunAsync("parts", new Reports(last.Add), Cancel);
        Assert.Equal(whole.Rows, parts.Rows);
        Assert.Equal(whole.CrossValidated, parts.CrossValidated);
        Assert.Equal(await File.ReadAllTextAsync(_folder["whole", ReproductionRun.TableName], Cancel), await File.ReadAllTextAsync(_folder["parts", ReproductionRun.TableName], Cancel));
        Assert.Equal(last[0].Steps - 1, last.Count(p => p.Detail == "was done before"));
        Assert.Equal((last[0].Steps, "evaluation"), (last[^1].Number, last[^1].Step));

        string encoder = _folder["parts", "pretraining", "encoder", "weights.safetensors"];
        await File.AppendAllTextAsync(encoder, " ", Cancel);
        Assert.Contains(encoder, (await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync("parts", null, Cancel))).Message, StringComparison.Ordinal);
    }

    private Task<ReproductionTable> RunAsync(string folder, IProgress<ReproductionProgress>? progress, CancellationToken cancellationToken) =>
        ReproductionRun.RunAsync(_folder[folder], Tiny, ComputeDevice.Cpu, 1, new LeapingTime(), progress, cancellationToken);

    private sealed class Reports(Action<ReproductionProgress> told) : IProgress<ReproductionProgress>
    {
        public void Report(ReproductionProgress value) => told(value);
    }

    /// <summary>So much time passes between any two looks at the clock that nothing is left untold.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, 60 * TimestampFrequency);
    }
}
