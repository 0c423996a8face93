using System.ComponentModel.DataAnnotations;

namespace DicomRn.Node.Classification;

/// <summary>Section <c>Classification</c>: the model and how its probability becomes a class.</summary>
public sealed record ClassificationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Classification";

    /// <summary>
    /// The model pack: the path of its folder, or its name in <see cref="ModelsDirectory"/>. Default (empty): the only pack there.
    /// </summary>
    public string Model { get; init; } = "";

    /// <summary>Folder of the model packs; relative to the program. Default: models.</summary>
    [Required]
    public string ModelsDirectory { get; init; } = "models";

    /// <summary>From this probability of radiation necrosis a lesion is called radiation necrosis. Default 0.6.</summary>
    [Range(0.5, 1)]
    public double NecrosisFrom { get; init; } = 0.6;

    /// <summary>
    /// Up to this probability of radiation necrosis a lesion is called tumour progression; between the two it is undetermined.
    /// Default 0.4.
    /// </summary>
    [Range(0, 0.5)]
    public double ProgressionUpTo { get; init; } = 0.4;

    /// <summary>Lesions smaller than this are not classified, mm³: they fill too few voxels of the model's grid. Default 50.</summary>
    [Range(0, 100_000)]
    public double MinimumVolumeMm3 { get; init; } = 50;
}
