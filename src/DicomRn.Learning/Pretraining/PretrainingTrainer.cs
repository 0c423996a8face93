using DicomRn.Learning.Model;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>Pre-trains an encoder, resumably: the same seed gives the same weights on one device, interrupted or not.</summary>
internal sealed class PretrainingTrainer
{
    private static readonly string[] Columns =
        ["step", "epoch", "loss", "reconstruction", "contrast", "learning_rate", "sub_volumes_per_second", "validation_loss"];

    private readonly PretrainingSettings _settings;
    private readonly Device _device;
    private readonly TimeProvider _time;

    public PretrainingTrainer(PretrainingSettings settings, Device device, TimeProvider time)
    {
        _settings = settings;
        _device = device;
        _time = time;
    }

    /// <summary>Trains, or carries on where the run in <paramref name="runFolder"/> was interrupted.</summary>
    /// <returns>The encoder's weights: those with the lowest validation loss, or the last ones without validation.</returns>
    /// <exception cref="ArgumentException">There are too few sub-volumes for a batch.</exception>
    public IReadOnlyDictionary<string, StoredTensor> Train(
        VitConfiguration configuration, ISubVolumes volumes, string runFolder, IProgress<PretrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (volumes.Edge != configuration.ImageSize)
            throw new ArgumentException($"The sub-volumes have {volumes.Edge} voxels along an edge, the encoder {configuration.ImageSize}.", nameof(volumes));
        PretrainingDivision division = PretrainingDivision.Of([.. Enumerable.Range(0, volumes.Count).Select(volumes.Patient)], _settings);
        PretrainingBatches training = new(volumes, division.Training, configuration, _settings, validation: false);
        PretrainingBatches validation = new(volumes, division.Validation, configuration, _settings, validation: true);
        manual_seed(_settings.Seed);
        using PretrainingNetwork network = PretrainingNetwork.Create(configuration, _settings);
        network.Measure(training);
        network.to(_device);
        using AdamW optimizer = new(network.named_parameters(), _settings.WeightDecay);
        PretrainingState state = PretrainingState.Start;
        if (RunCheckpoint.TryRead<PretrainingState>(runFolder) is { } stored)
        {
            ModuleWeights.Import(network, stored.Weights);
            optimizer.Import(stored.Optimizer);
            state = stored.State;
        }

        MetricsLog metrics = new(Path.Combine(runFolder, "metrics.csv"), Columns, state.Step);
        string best = Path.Combine(runFolder, "best.safetensors");
        int perEpoch = training.PerEpoch, steps = perEpoch * _settings.Epochs;
        LearningRateSchedule schedule = new(_settings.LearningRate, steps, _settings.WarmupShare);
        using BatchQueue<PretrainingBatch> queue = new(state.Step, steps, _settings.Workers, training.Make, cancellationToken);
        PretrainingMeans means = new();
        long since = _time.GetTimestamp();
        network.train();
        while (state.Step < steps && !state.Stopped)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double rate = schedule.At(state.Step);
            Update(network, optimizer, queue.Take(), state.Step, rate, means);
            state = state with { Step = state.Step + 1 };
            bool epochEnds = state.Step % perEpoch == 0;
            double? loss = null;
            if (epochEnds && validation.PerEpoch > 0)
            {
                loss = Validate(network, validation, cancellationToken);
                if (loss < state.BestLoss)
                    SafeTensors.Write(best, network.Encoder.Export());
                state = state.AfterEpoch(loss.Value, _settings.StopAfterEpochs);
            }

            if (epochEnds || state.Step % _settings.ReportEvery == 0)
            {
                double perSecond = means.Count * _settings.BatchSize / Math.Max(1e-9, _time.GetElapsedTime(since).TotalSeconds);
                metrics.Add(state.Step, (state.Step - 1) / perEpoch, means.Total, means.Reconstruction, means.Contrast, rate, perSecond, loss);
                progress?.Report(new PretrainingProgress(state.Step, steps, means.Total, loss, perSecond, TimeSpan.FromSeconds((steps - state.Step) * _settings.BatchSize / perSecond)));
                means.Clear();
                since = _time.GetTimestamp();
            }

            if (state.Step % _settings.CheckpointEvery == 0 || state.Step == steps || state.Stopped)
                RunCheckpoint.Write(runFolder, ModuleWeights.Export(network), optimizer.Export(), state);
        }

        return validation.PerEpoch > 0 ? SafeTensors.Read(best) : network.Encoder.Export();
    }

    private void Update(PretrainingNetwork network, AdamW optimizer, PretrainingBatch batch, int step, double rate, PretrainingMeans means)
    {
        using var scope = NewDisposeScope();
        manual_seed(_settings.Seed * 1_000_003L + step);
        PretrainingLoss loss = network.Loss(batch, _device);
        loss.Total.backward();
        nn.utils.clip_grad_norm_(network.parameters().Where(p => p.grad is not null), _settings.LargestGradientNorm);
        optimizer.Step(step + 1, rate);
        means.Add(loss);
    }

    private double Validate(PretrainingNetwork network, PretrainingBatches batches, CancellationToken cancellationToken)
    {
        network.eval();
        PretrainingMeans means = new();
        using (no_grad())
        {
            for (int n = 0; n < batches.PerEpoch; n++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                means.Add(network.Loss(batches.Make(n), _device));
            }
        }

        network.train();
        return means.Total;
    }
}
