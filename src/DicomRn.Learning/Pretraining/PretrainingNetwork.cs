using DicomRn.Learning.Model;
using DicomRn.Learning.Training;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>An encoder with what an objective needs beside it.</summary>
internal abstract class PretrainingNetwork : nn.Module
{
    private readonly ProjectionHead _projection;
    private readonly TokenPooling _pooling;
    private readonly double _temperature;
    private readonly ScalarType _precision;

    protected PretrainingNetwork(string name, VitConfiguration configuration, PretrainingSettings settings)
        : base(name)
    {
        Encoder = new VisionTransformer(configuration);
        _projection = new ProjectionHead(configuration.HiddenSize, settings.ProjectionSize);
        (_pooling, _temperature) = (settings.Pooling, settings.Temperature);
        _precision = settings.Precision == TrainingPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        register_module("encoder", Encoder);
        register_module("projection", _projection);
    }

    public VisionTransformer Encoder { get; }

    public static PretrainingNetwork Create(VitConfiguration configuration, PretrainingSettings settings) => settings.Objective switch
    {
        PretrainingObjective.RestorationContrast => new RestorationNetwork(configuration, settings),
        PretrainingObjective.MaskedContrast => new MaskedNetwork(configuration, settings),
        PretrainingObjective.FeatureContrast => new FeatureNetwork(configuration, settings),
        _ => new ContrastNetwork(configuration, settings),
    };

    /// <summary>Measures of the training data what the objective needs to know of them; the same each time.</summary>
    public virtual void Measure(PretrainingBatches training)
    {
    }

    /// <summary>The losses of a batch, to be disposed of by the caller's scope.</summary>
    public PretrainingLoss Loss(PretrainingBatch batch, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor? kept = batch.KeptTensor(device);
        Tensor tokens = Encoder.Encode(batch.ViewTensor(device, _precision), kept);
        Tensor contrast = NtXent.Loss(_projection.call(Encoder.PoolSeen(tokens, _pooling, kept)), _temperature, batch.Groups);
        (Tensor total, Tensor? reconstruction) = Combine(batch, device, tokens, contrast);
        return new PretrainingLoss(
            total.MoveToOuterDisposeScope(), reconstruction?.MoveToOuterDisposeScope(), contrast.MoveToOuterDisposeScope());
    }

    /// <summary>The whole loss and its part about voxels from the encoder's tokens [2B, tokens, hidden].</summary>
    protected abstract (Tensor Total, Tensor? Reconstruction) Combine(PretrainingBatch batch, Device device, Tensor tokens, Tensor contrast);
}
