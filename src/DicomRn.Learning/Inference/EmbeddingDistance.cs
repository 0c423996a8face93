using DicomRn.Learning.Packs;
using DicomRn.Learning.Torch;
using DicomRn.Learning.Weights;
using static TorchSharp.torch;

namespace DicomRn.Learning.Inference;

/// <summary>Mahalanobis distance of an embedding to those of the training cases (Lee et al. 2018, without classes).</summary>
internal sealed class EmbeddingDistance
{
    private const double Shrinkage = 0.1;
    private readonly float[] _mean;
    private readonly float[] _precision;

    private EmbeddingDistance(float[] mean, float[] precision)
    {
        _mean = mean;
        _precision = precision;
    }

    /// <summary>No cases are known: 0 for every embedding.</summary>
    public static EmbeddingDistance Unknown(int size) => new(new float[size], new float[size * size]);

    /// <summary>Mean and inverse covariance, the latter drawn towards a sphere so that it exists (Ledoit and Wolf 2004).</summary>
    public static EmbeddingDistance Fit(IReadOnlyList<float[]> embeddings)
    {
        using var scope = NewDisposeScope();
        long size = embeddings[0].Length;
        Tensor values = tensor(embeddings.SelectMany(e => e).ToArray(), [embeddings.Count, size]).to(ScalarType.Float64);
        Tensor mean = values.mean([0], keepdim: true);
        Tensor centred = values - mean;
        Tensor covariance = centred.t().matmul(centred).Over(embeddings.Count - 1);
        Tensor sphere = eye(size, dtype: ScalarType.Float64) * covariance.trace().Over(size);
        Tensor precision = linalg.inv(covariance.Times(1 - Shrinkage).Plus(sphere.Times(Shrinkage)));
        return new EmbeddingDistance(TensorTransfer.Store(mean.squeeze(0)).Values, TensorTransfer.Store(precision).Values);
    }

    /// <exception cref="ModelPackException">The pack's embedding does not fit its model.</exception>
    public static EmbeddingDistance Read(ModelPack pack)
    {
        IReadOnlyDictionary<string, StoredTensor> stored = pack.ReadTensors(ModelPack.EmbeddingName);
        int size = pack.Manifest.Configuration.HiddenSize;
        if (!stored.TryGetValue("mean", out StoredTensor? mean) || !stored.TryGetValue("precision", out StoredTensor? precision)
            || !mean.Shape.SequenceEqual([size]) || !precision.Shape.SequenceEqual([size, size]))
        {
            throw new ModelPackException($"{Path.Combine(pack.Folder, ModelPack.EmbeddingName)} does not fit the model.");
        }

        return new EmbeddingDistance(mean.Values, precision.Values);
    }

    public void Write(string path) => SafeTensors.Write(path, new Dictionary<string, StoredTensor>
    {
        ["mean"] = new([_mean.Length], _mean),
        ["precision"] = new([_mean.Length, _mean.Length], _precision),
    });

    public double Of(ReadOnlySpan<float> embedding)
    {
        int size = _mean.Length;
        double sum = 0;
        for (int row = 0; row < size; row++)
        {
            double product = 0;
            for (int column = 0; column < size; column++)
                product += _precision[row * size + column] * (double)(embedding[column] - _mean[column]);
            sum += product * (embedding[row] - _mean[row]);
        }

        return Math.Sqrt(Math.Max(0, sum));
    }
}
