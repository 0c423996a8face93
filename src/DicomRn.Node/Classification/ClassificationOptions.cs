using System.ComponentModel.DataAnnotations;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Classification;

/// <summary>Section <c>Classification</c>: the model and how its probability becomes a class.</summary>
public sealed record ClassificationOptions : IValidatedSettings
{
    /// <summary>
    /// The model pack: the path of its folder, or its name in <see cref="ModelsDirectory"/>. Default (empty): the only pack there.
    /// </summary>
    public string Model { get; init; } = "";

    /// <summary>Folder of the model packs; relative to the program. Default: models.</summary>
    [Required]
    public string ModelsDirectory { get; init; } = "models";

    /// <summary>
    /// From this probability of radiation necrosis a lesion is called so. Set both thresholds or none; default (null): the pack decides by
    /// its own rule, which was fitted on unseen cases.
    /// </summary>
    [Range(0.5, 1)]
    public double? NecrosisFrom { get; init; }

    /// <summary>
    /// Up to this probability of radiation necrosis a lesion is called tumour progression; between the two it is undetermined. Default
    /// (null): the pack decides.
    /// </summary>
    [Range(0, 0.5)]
    public double? ProgressionUpTo { get; init; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        if (NecrosisFrom is null != ProgressionUpTo is null)
            errors.Add(nameof(NecrosisFrom), NecrosisFrom, "only one of NecrosisFrom and ProgressionUpTo is set", "both or neither");
    }
}
