using DicomRn.Learning.Model;
using DicomRn.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Tells the features of each patch from its token, as they are without the view's noise: mean square + weight × NT-Xent. The features are whitened,
/// so that small differences between those that go together count as much as what they have in common.
/// </summary>
internal sealed class FeatureNetwork : PretrainingNetwork
{
    private const string MeanName = "feature_mean";
    private const string WhiteningName = "feature_whitening";
    private const int MeasuredViews = 256;
    private const double Ridge = 1e-3;
    private readonly Linear _features;
    private readonly double _contrastWeight;

    public FeatureNetwork(VitConfiguration configuration, PretrainingSettings settings)
        : base(nameof(FeatureNetwork), configuration, settings)
    {
        _contrastWeight = settings.ContrastWeight;
        _features = nn.Linear(configuration.HiddenSize, PatchFeatures.Count);
        register_module("features", _features);
        // Not fields: see PatchEmbedding.
        register_buffer(MeanName, zeros(PatchFeatures.Count));
        register_buffer(WhiteningName, eye(PatchFeatures.Count));
    }

    /// <summary>Mean and whitening of the features, of the patches that the encoder is given.</summary>
    public override void Measure(PretrainingBatches training)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        List<Tensor> measured = [];
        for (int step = 0, views = 0; views < MeasuredViews && step < training.PerEpoch; step++)
        {
            PretrainingBatch batch = training.Make(step);
            measured.Add(batch.FeatureTensor(CPU).flatten(0, 1));
            views += 2 * batch.Count;
        }

        Tensor all = cat(measured, 0).to(ScalarType.Float64);
        Tensor mean = all.mean([0]), centred = all - mean;
        Tensor scale = (centred * centred).mean([0]).Plus(1e-12).sqrt();
        Tensor standard = centred / scale;
        (Tensor values, Tensor vectors) = linalg.eigh(standard.t().mm(standard).Over(standard.shape[0]));
        // Back into the features' own axes: the vectors' signs, which nothing decides, cancel.
        Tensor whitening = (vectors / values.Plus(Ridge).sqrt()).mm(vectors.t()) / scale.unsqueeze(1);
        get_buffer(MeanName)!.copy_(mean);
        get_buffer(WhiteningName)!.copy_(whitening);
    }

    protected override (Tensor Total, Tensor? Reconstruction) Combine(PretrainingBatch batch, Device device, Tensor tokens, Tensor contrast)
    {
        Tensor told = _features.Apply(Encoder.PatchTokens(tokens)).to(ScalarType.Float32);
        Tensor difference = told - (batch.FeatureTensor(device) - get_buffer(MeanName)!).matmul(get_buffer(WhiteningName)!);
        Tensor error = (difference * difference).mean();
        return (error.Plus(contrast.Times(_contrastWeight)), error);
    }
}
