using DicomRn.Learning.Finetuning;

namespace DicomRn.Learning.Reproduction;

/// <summary>The paper's models and the controls, with the areas that the paper's abstract gives (same centre, second centre).</summary>
internal static class ReproductionModels
{
    /// <summary>What the paper compares the others to.</summary>
    public const string Reference = "self-supervised";

    public static readonly IReadOnlyList<(string Name, double? SameCentre, double? SecondCentre)> All =
    [
        ("multimodal", 0.947, 0.821),
        (Reference, 0.916, 0.764),
        ("radiomics", 0.807, 0.691),
        ("supervised", 0.624, 0.496),
        ("clinical", null, null),
        ("volume", null, null),
    ];

    public static FinetuningConfiguration Configuration(string name, ReproductionSettings settings, string cohort, string run, string encoder)
    {
        FinetuningConfiguration common = new()
        {
            Name = name,
            Cohort = cohort,
            Run = run,
            Device = settings.Device,
            Threads = settings.Threads,
            Training = settings.Finetuning,
        };
        FinetuningConfiguration scratch = common with { Preprocessing = new Preprocessing.PreprocessingSettings { CropVoxels = settings.Model.ImageSize } };
        return name switch
        {
            "multimodal" => common with { Encoder = encoder, Fusion = ClinicalFusionKind.CrossAttention },
            Reference => common with { Encoder = encoder },
            "supervised" => scratch with { Model = settings.Model, Training = settings.Finetuning with { LayerDecay = 1 } },
            "radiomics" => scratch with { Classifier = ClassifierKind.Radiomics },
            "clinical" => scratch with { Classifier = ClassifierKind.Clinical },
            "volume" => scratch with { Classifier = ClassifierKind.Volume },
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such model."),
        };
    }
}
