using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Model;
using DicomRn.Learning.Training;
using DicomRn.Learning.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using AdamW = DicomRn.Learning.Training.AdamW;

namespace DicomRn.Learning.Finetuning;

/// <summary>
/// Trains a network: the Vision Transformer, pre-trained or from scratch, with or without clinical variables, or the convolutional one.
/// </summary>
internal sealed class NetworkTraining : IClassifierTraining
{
    private readonly FinetuningConfiguration _configuration;
    private readonly VitConfiguration _sizes;
    private readonly IReadOnlyDictionary<string, StoredTensor>? _pretrained;
    private readonly Device _device;

    /// <param name="configuration">What is trained and how.</param>
    /// <param name="sizes">Of the Vision Transformer, with two channels.</param>
    /// <param name="pretrained">Weights of an encoder of one channel; null to train from scratch.</param>
    /// <param name="device">Where it computes.</param>
    public NetworkTraining(
        FinetuningConfiguration configuration, VitConfiguration sizes, IReadOnlyDictionary<string, StoredTensor>? pretrained, Device device) =>
        (_configuration, _sizes, _pretrained, _device) = (configuration, sizes, pretrained, device);

    private FinetuningSettings Settings => _configuration.Training;

    public ITrainedClassifier Train(
        LesionCases cases, IReadOnlyList<int> training, int seed, IProgress<(double Done, double Loss)>? progress, CancellationToken cancellationToken)
    {
        ClinicalEncoding? encoding = Encoding(cases, training);
        manual_seed(seed);
        LesionNetwork network = Create(encoding);
        try
        {
            Fit(network, encoding, cases, training, seed, progress, cancellationToken);
            network.eval();
            return new TrainedNetwork(network, encoding, _device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The classifier of an earlier training, by what that wrote.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="training">Those that it was trained on, in the same order.</param>
    /// <param name="weights">Its weights.</param>
    /// <exception cref="InvalidDataException">They are of another network.</exception>
    public TrainedNetwork Restore(LesionCases cases, IReadOnlyList<int> training, IReadOnlyDictionary<string, StoredTensor> weights)
    {
        ClinicalEncoding? encoding = Encoding(cases, training);
        LesionNetwork network = Empty(encoding);
        try
        {
            ModuleWeights.Import(network, weights);
            network.to(_device);
            network.eval();
            return new TrainedNetwork(network, encoding, _device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>How clinical variables are encoded, by the training cases; null without.</summary>
    public ClinicalEncoding? Encoding(LesionCases cases, IReadOnlyList<int> training) => _configuration.Fusion == ClinicalFusionKind.None
        ? null
        : new ClinicalEncoding(_configuration.ClinicalGroups, [.. training.Select(n => (cases.Entries[n].Clinical, cases.VolumesMm3[n]))]);

    private LesionNetwork Create(ClinicalEncoding? encoding)
    {
        LesionNetwork network = Empty(encoding);
        if (_pretrained is not null && network is VitLesionNetwork transformer)
            transformer.Import(_pretrained);
        return network;
    }

    private LesionNetwork Empty(ClinicalEncoding? encoding) => _configuration.Classifier == ClassifierKind.Cnn
        ? new CnnLesionNetwork(_configuration.Cnn)
        : new VitLesionNetwork(_sizes, Settings, _configuration.Fusion, encoding?.Sizes ?? []);

    private void Fit(
        LesionNetwork network, ClinicalEncoding? encoding, LesionCases cases, IReadOnlyList<int> training, int seed,
        IProgress<(double Done, double Loss)>? progress, CancellationToken cancellationToken)
    {
        network.to(_device);
        (string Name, Parameter Parameter)[] trained = [.. network.Trained()];
        HashSet<string> names = [.. trained.Select(t => t.Name)];
        foreach ((string name, Parameter parameter) in network.named_parameters())
            parameter.requires_grad = names.Contains(name);
        using AdamW optimizer = new(trained, Settings.WeightDecay, network.RateFactor);
        LesionBatches batches = new(cases, training, Settings.Views, Settings.BatchSize, seed);
        float share = training.Count(n => cases.Progression[n]) / (float)training.Count;
        (float progressionWeight, float necrosisWeight) = Settings.ClassWeights ? (0.5f / share, 0.5f / (1 - share)) : (1, 1);
        int steps = batches.PerEpoch * Settings.Epochs;
        LearningRateSchedule schedule = new(Settings.LearningRate, steps, Settings.WarmupShare);
        using BatchQueue<LesionBatch> queue = new(0, steps, Settings.Workers, batches.Make, cancellationToken);
        network.train();
        double sum = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            manual_seed(seed * 1_000_003L + step);
            LesionBatch batch = queue.Take();
            Tensor labels = tensor(batch.Cases.Select(n => cases.Progression[n] ? 1f : 0f).ToArray(), device: _device);
            Tensor weights = tensor(batch.Cases.Select(n => cases.Progression[n] ? progressionWeight : necrosisWeight).ToArray(), device: _device);
            Tensor logits = network.Logits(batch.Input(_device), batch.Clinical(encoding is null ? null : Encode, _device));
            Tensor loss = nn.functional.binary_cross_entropy_with_logits(logits, labels, weight: weights);
            loss.backward();
            nn.utils.clip_grad_norm_(trained.Select(t => t.Parameter).Where(p => p.grad is not null), Settings.LargestGradientNorm);
            optimizer.Step(step + 1, schedule.At(step));
            sum += loss.item<float>();
            if ((step + 1) % batches.PerEpoch == 0)
            {
                progress?.Report(((step + 1.0) / steps, sum / batches.PerEpoch));
                sum = 0;
            }

            float[] Encode(int place)
            {
                int n = batch.Cases[place];
                CohortClinicalData seen = HiddenValues.Of(
                    cases.Entries[n].Clinical, Settings.HiddenClinicalShare, seed, ((long)step * Settings.BatchSize) + place);
                return encoding.Encode(seen, cases.VolumesMm3[n]);
            }
        }
    }
}
