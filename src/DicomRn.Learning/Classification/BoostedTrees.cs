using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace DicomRn.Learning.Classification;

/// <summary>Gradient boosted trees by LightGBM (Ke et al. 2017), small ones for small data; deterministic by the seed.</summary>
internal sealed class BoostedTrees
{
    private readonly MLContext _context;
    private readonly ITransformer _model;
    private readonly int _size;

    private BoostedTrees(MLContext context, ITransformer model, int size) => (_context, _model, _size) = (context, model, size);

    public static BoostedTrees Fit(IReadOnlyList<double[]> features, IReadOnlyList<bool> positive, bool classWeights, int seed)
    {
        MLContext context = new(seed);
        int size = features[0].Length, positives = positive.Count(p => p);
        LightGbmBinaryTrainer trainer = context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = 100,
            LearningRate = 0.05,
            NumberOfLeaves = 4,
            MinimumExampleCountPerLeaf = 5,
            Seed = seed,
            NumberOfThreads = 1,
            Silent = true,
            WeightOfPositiveExamples = classWeights ? (positive.Count - positives) / (double)positives : 1,
        });
        return new BoostedTrees(context, trainer.Fit(View(context, features, positive, size)), size);
    }

    public double[] Logits(IReadOnlyList<double[]> features)
    {
        IDataView scored = _model.Transform(View(_context, features, new bool[features.Count], _size));
        return [.. scored.GetColumn<float>("Score").Select(v => (double)v)];
    }

    public void Write(string path) => _context.Model.Save(_model, null, path);

    private static IDataView View(MLContext context, IReadOnlyList<double[]> features, IReadOnlyList<bool> positive, int size)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Case));
        schema[nameof(Case.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        return context.Data.LoadFromEnumerable(
            features.Select((f, n) => new Case { Features = [.. f.Select(v => (float)v)], Label = positive[n] }), schema);
    }

    private sealed class Case
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
