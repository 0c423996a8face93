using System.Globalization;
using DicomRn.Learning.Model;
using DicomRn.Learning.Statistics;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Training;

/// <summary>
/// Supervised training of a Vision Transformer: class-weighted binary cross-entropy, AdamW, warm-up and cosine. Order and
/// augmentation follow from seed and step alone; the run's folder holds checkpoints, metrics.csv and best.safetensors
/// (the weights with the highest validation AUC).
/// </summary>
internal sealed class VitTrainer
{
    private const int ReportEvery = 20;
    private readonly TrainingSettings _settings;
    private readonly TimeProvider _time;

    public VitTrainer(TrainingSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
    }

    /// <summary>Trains, or carries on where the run in <paramref name="runFolder"/> was interrupted.</summary>
    /// <returns>The mean training loss of each reported stretch.</returns>
    public IReadOnlyList<double> Train(
        VisionTransformer model,
        IReadOnlyList<LesionSample> training,
        IReadOnlyList<LesionSample> validation,
        string runFolder,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(runFolder);
        using PatchHead? head = _settings.PatchTargetWeight > 0 ? new PatchHead(model.Configuration.HiddenSize) : null;
        using AdamW optimizer = new(model.named_parameters().Concat(head?.Parameters ?? []), _settings.WeightDecay);
        int perEpoch = training.Count / _settings.BatchSize, steps = perEpoch * _settings.Epochs;
        if (perEpoch == 0)
            throw new ArgumentException($"{training.Count} samples do not fill a batch of {_settings.BatchSize}.", nameof(training));
        double progressionShare = training.Count(s => s.Label == LesionClass.Progression) / (double)training.Count;
        if (!TrainingCheckpoint.TryRead(runFolder, model, head, optimizer, out int step, out double bestAuc))
            File.WriteAllText(Metrics(runFolder), "step,epoch,loss,learning_rate,samples_per_second,validation_loss,validation_auc\n");

        LearningRateSchedule schedule = new(_settings.LearningRate, steps, _settings.WarmupShare);
        List<double> losses = [];
        (double sum, int count, long since) = (0, 0, _time.GetTimestamp());
        model.train();
        int[] order = [];
        while (step < steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int epoch = step / perEpoch;
            if (step % perEpoch == 0 || order.Length == 0)
                order = SampleOrder.Of(training.Count, _settings.Seed, epoch);
            double rate = schedule.At(step);
            long[]? kept = step < steps * (1 - _settings.AllPatchesShare)
                ? PatchSelection.Draw(model.Configuration, _settings.OuterPatchDropRate, _settings.Seed, step)
                : null;
            LesionSample[] batch = [.. order.Skip(step % perEpoch * _settings.BatchSize).Take(_settings.BatchSize).Select(n => training[n])];
            sum += Update(model, head, optimizer, batch, kept, step, rate, progressionShare);
            count++;
            step++;
            bool epochEnds = step % perEpoch == 0;
            if (epochEnds || count == ReportEvery)
            {
                double perSecond = count * _settings.BatchSize / Math.Max(1e-9, _time.GetElapsedTime(since).TotalSeconds);
                (double? valLoss, double? valAuc) = epochEnds && validation.Count > 0 ? Validate(model, validation, cancellationToken) : (null, null);
                if (valAuc > bestAuc)
                {
                    bestAuc = valAuc.Value;
                    SafeTensors.Write(Path.Combine(runFolder, "best.safetensors"), model.Export());
                }

                losses.Add(sum / count);
                File.AppendAllText(Metrics(runFolder), string.Create(
                    CultureInfo.InvariantCulture, $"{step},{epoch},{sum / count:F5},{rate:E3},{perSecond:F2},{valLoss:F5},{valAuc:F5}\n"));
                progress?.Report(new TrainingProgress(
                    step, steps, sum / count, perSecond, valAuc, TimeSpan.FromSeconds((steps - step) * _settings.BatchSize / perSecond)));
                (sum, count, since) = (0, 0, _time.GetTimestamp());
            }

            if (step % _settings.CheckpointEvery == 0 || step == steps)
                TrainingCheckpoint.Write(runFolder, model, head, optimizer, step, bestAuc);
        }

        return losses;
    }

    /// <summary>Logits of samples, in order.</summary>
    public static double[] Logits(VisionTransformer model, IReadOnlyList<LesionSample> samples, CancellationToken cancellationToken) =>
        [.. ModelScores.Of(model, samples, cancellationToken).Logits];

    private static string Metrics(string runFolder) => Path.Combine(runFolder, "metrics.csv");

    private double Update(
        VisionTransformer model, PatchHead? head, AdamW optimizer, LesionSample[] batch, long[]? kept, int step, double rate,
        double progressionShare)
    {
        using var scope = NewDisposeScope();
        Augmentation[] changes = new Augmentation[batch.Length];
        for (int n = 0; n < batch.Length; n++)
        {
            changes[n] = _settings.Augment
                ? Augmentation.Draw(SeededRandom.For(_settings.Seed, 0xA06, (uint)(step * _settings.BatchSize + n)))
                : Augmentation.None;
        }

        manual_seed(_settings.Seed * 1_000_003L + step);
        Tensor input = SampleBatch.ToTensor(batch, changes);
        Tensor labels = tensor(batch.Select(s => (float)s.Label).ToArray());
        Tensor weights = where(labels.IsAbove(0.5), 0.5 / progressionShare, 0.5 / (1 - progressionShare)).to(ScalarType.Float32);
        (Tensor logits, Tensor patchTokens) = model.ForwardWithPatchTokens(input, kept);
        Tensor loss = nn.functional.binary_cross_entropy_with_logits(logits, labels, weight: weights);
        Tensor whole = head is null ? loss : loss.Plus(head.Loss(patchTokens, batch, changes, kept).Times(_settings.PatchTargetWeight));
        whole.backward();
        nn.utils.clip_grad_norm_(model.parameters(), _settings.LargestGradientNorm);
        optimizer.Step(step + 1, rate);
        return loss.item<float>();
    }

    private static (double? Loss, double? Auc) Validate(
        VisionTransformer model, IReadOnlyList<LesionSample> validation, CancellationToken cancellationToken)
    {
        double[] logits = Logits(model, validation, cancellationToken);
        bool[] labels = [.. validation.Select(s => s.Label == LesionClass.Progression)];
        double loss = logits.Select((z, n) => Math.Log(1 + Math.Exp(labels[n] ? -z : z))).Average();
        return (loss, RocAuc.DeLong(logits, labels).Auc);
    }
}
