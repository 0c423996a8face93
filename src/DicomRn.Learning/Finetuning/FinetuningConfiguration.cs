using DicomRn.Learning.Configuration;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using DicomRn.Learning.Preprocessing;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>The configuration file of <c>finetune</c>.</summary>
public sealed record FinetuningConfiguration
{
    /// <summary>The model's name in the predictions and in what is made of them.</summary>
    public required string Name { get; init; }

    /// <summary>Folder of the cohort; relative paths are relative to the file.</summary>
    public required string Cohort { get; init; }

    /// <summary>Folder of the run: predictions, calibration, weights.</summary>
    public required string Run { get; init; }

    /// <summary>What is trained.</summary>
    public ClassifierKind Classifier { get; init; } = ClassifierKind.Vit;

    /// <summary>Folder of a pre-trained encoder; null to train from scratch.</summary>
    public string? Encoder { get; init; }

    /// <summary>Sizes of a transformer from scratch; those of a pre-trained one are its own.</summary>
    public VitConfiguration? Model { get; init; }

    /// <summary>Sizes of the convolutional network (cnn).</summary>
    public CnnSettings Cnn { get; init; } = new();

    /// <summary>How images become sub-volumes; that of a pre-trained encoder is its own.</summary>
    public PreprocessingSettings? Preprocessing { get; init; }

    /// <summary>How clinical variables and image meet (vit).</summary>
    public ClinicalFusionKind Fusion { get; init; } = ClinicalFusionKind.None;

    /// <summary>The groups of clinical variables used (fusion, clinical).</summary>
    public IReadOnlyList<ClinicalGroup> ClinicalGroups { get; init; } = Enum.GetValues<ClinicalGroup>();

    /// <summary>Features and their choice (radiomics).</summary>
    public RadiomicsClassifierSettings Radiomics { get; init; } = new();

    /// <summary>Training, folds, calibration.</summary>
    public FinetuningSettings Training { get; init; } = new();

    /// <summary>The model pack that is written of the model of all development cases (vit); null for none. May be added to a run that is done.</summary>
    public PackSettings? Pack { get; init; }

    /// <summary>Where it computes.</summary>
    public ComputeDevice Device { get; init; }

    /// <summary>CPU threads of the computation; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigurationException">It is wrong; all errors are told.</exception>
    public static FinetuningConfiguration Read(string path)
    {
        FinetuningConfiguration read = ConfigurationFile.Read<FinetuningConfiguration>(path, c => c.Faults());
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return read with
        {
            Cohort = Path.GetFullPath(read.Cohort, folder),
            Run = Path.GetFullPath(read.Run, folder),
            Encoder = read.Encoder is null ? null : Path.GetFullPath(read.Encoder, folder),
            Pack = read.Pack is null ? null : read.Pack with { Folder = Path.GetFullPath(read.Pack.Folder, folder) },
        };
    }

    /// <summary>What is wrong with the settings, each with the setting's name.</summary>
    public IEnumerable<string> Faults()
    {
        List<string> faults = [];
        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }

        Check(Name.Length > 0 && Name.IndexOfAny(['\n', '\r']) < 0, "name: a line of text");
        Check(Encoder is null || Model is null, "model: the encoder has its own sizes; give one of the two");
        Check(Encoder is null || Preprocessing is null, "preprocessing: the encoder has its own; give one of the two");
        Check(Classifier == ClassifierKind.Vit || Fusion == ClinicalFusionKind.None, "fusion: only with the classifier vit");
        Check(Classifier == ClassifierKind.Vit || (Encoder is null && Model is null), "encoder, model: only with the classifier vit");
        Check(Encoder is not null || Training.Trained == TrainedPart.Full, "training.Trained: from scratch everything is trained, full");
        Check(
            Classifier != ClassifierKind.Cnn || Training.Precision == TrainingPrecision.Float32, "training.Precision: float32 with the classifier cnn");
        Check(Pack is null || Classifier == ClassifierKind.Vit, "pack: only with the classifier vit");
        Check(ClinicalGroups.Count > 0 && ClinicalGroups.Distinct().Count() == ClinicalGroups.Count, "clinicalGroups: one or more, each once");
        Check(Threads >= 0, "threads: 0 or more");
        Check(Preprocessing is null || Model is null || Preprocessing.CropVoxels == Model.ImageSize, "preprocessing.cropVoxels: not model.imageSize");
        Check(Model is null or { InChannels: 2 }, "model.inChannels: 2, T1CE and mask");
        Check(Model is null or { HeadOutputs: 1 }, "model.headOutputs: 1, the logit of progression");
        Check(
            Model is not { ClassToken: false } || Training.Pooling is TokenPooling.Mean or TokenPooling.Lesion or TokenPooling.Centre,
            "training.Pooling: mean, lesion or centre, as model.classToken is false");
        try
        {
            Model?.Validate();
        }
        catch (ArgumentException e)
        {
            faults.Add($"model: {e.Message}");
        }

        return faults.Concat(Radiomics.Faults().Select(f => $"radiomics.{f}")).Concat(Training.Faults().Select(f => $"training.{f}"))
            .Concat(Cnn.Faults().Select(f => $"cnn.{f}"))
            .Concat(Pack?.Faults().Select(f => $"pack.{f}") ?? []);
    }
}
