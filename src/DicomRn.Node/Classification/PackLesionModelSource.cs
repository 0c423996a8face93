using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;

namespace DicomRn.Node.Classification;

/// <summary>Finds the configured model pack and loads it once, when a lesion first needs it.</summary>
internal sealed class PackLesionModelSource(ClassificationOptions classification, InferenceOptions inference)
    : ILesionModelSource, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ModelThread _thread = new();
    private LesionClassifier? _classifier;
    private PackLesionModel? _model;

    /// <inheritdoc/>
    public async Task<ILesionModel> LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_model is null)
            {
                ModelPack pack = Find(classification);
                _classifier = await _thread.RunAsync(() => new LesionClassifier(pack, Settings(inference)), cancellationToken);
                _model = new PackLesionModel(_classifier, _thread);
            }

            return _model;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _thread.Dispose();
        _classifier?.Dispose();
        _gate.Dispose();
    }

    /// <summary>The pack that the settings name.</summary>
    /// <exception cref="InvalidDataException">There is none, or several and the settings do not say which.</exception>
    /// <exception cref="ModelPackException">It is damaged.</exception>
    internal static ModelPack Find(ClassificationOptions options)
    {
        string models = Path.GetFullPath(options.ModelsDirectory, AppContext.BaseDirectory);
        if (options.Model.Length > 0)
        {
            string named = Path.Combine(models, options.Model);
            return ModelPack.Open(Directory.Exists(named) ? named : Path.GetFullPath(options.Model));
        }

        IReadOnlyList<ModelPack> packs = ModelPackCatalog.List(models);
        return packs switch
        {
            [ModelPack only] => only,
            [] => throw new InvalidDataException($"{models} holds no model pack; set Classification:Model or Classification:ModelsDirectory."),
            _ => throw new InvalidDataException(
                $"{models} holds {packs.Count} model packs ({string.Join(", ", packs.Select(p => p.Manifest.Name))}); set Classification:Model."),
        };
    }

    private static InferenceSettings Settings(InferenceOptions options) => new()
    {
        Device = Enum.Parse<ComputeDevice>(options.Device, ignoreCase: true),
        Threads = options.Threads,
        LibTorchDirectory = options.LibTorchDirectory.Length > 0 ? options.LibTorchDirectory : null,
    };
}
