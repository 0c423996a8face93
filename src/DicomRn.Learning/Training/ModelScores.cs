using DicomRn.Learning.Model;
using static TorchSharp.torch;

namespace DicomRn.Learning.Training;

/// <summary>What a model says of samples: logits and embeddings, in order.</summary>
internal sealed record ModelScores(double[] Logits, float[][] Embeddings)
{
    private const int BatchSize = 16;

    public static ModelScores Of(VisionTransformer model, IReadOnlyList<LesionSample> samples, CancellationToken cancellationToken)
    {
        bool wasTraining = model.training;
        model.eval();
        using var noGradient = no_grad();
        List<double> logits = [];
        List<float[]> embeddings = [];
        foreach (LesionSample[] batch in samples.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Augmentation[] unchanged = new Augmentation[batch.Length];
            Array.Fill(unchanged, Augmentation.None);
            (Tensor z, Tensor e) = model.Embed(SampleBatch.ToTensor(batch, unchanged));
            logits.AddRange(z.data<float>().ToArray().Select(v => (double)v));
            float[] flat = e.contiguous().data<float>().ToArray();
            embeddings.AddRange(flat.Chunk(flat.Length / batch.Length));
        }

        model.train(wasTraining);
        return new ModelScores([.. logits], [.. embeddings]);
    }
}
