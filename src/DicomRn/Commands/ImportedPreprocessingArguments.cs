using System.CommandLine;
using DicomRn.Learning.Configuration;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Commands;

/// <summary>The options of <c>model import</c> that say how images become input; those on the command line win over a file.</summary>
internal sealed class ImportedPreprocessingArguments
{
    private readonly Option<FileInfo?> _file = new("--preprocessing")
    {
        Description = """
            Preprocessing as JSON, what is left out having its default: { "spacingMm": 1, "normalizationGridMm": 6, "scalpMm": 18, "clipAt": 8 }. The crop is
            as large as the model's input. Intensities become 0 at the brain's median, 1 at 15 % more, clipped at plus or minus clipAt; a model
            that was trained on others is to be fine-tuned.
            """,
        HelpName = "F",
    };

    private readonly Option<double?> _spacing = Above0("--spacing", "Spacing of the model's input.", "MM");

    private readonly Option<double?> _clip = Above0("--clip-at", "Normalised intensities are clipped to plus or minus this.", "X");

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_spacing);
        command.Add(_clip);
    }

    /// <exception cref="ConfigurationException">The file is wrong.</exception>
    public PreprocessingSettings Read(ParseResult arguments, int imageSize)
    {
        FileSettings file = arguments.GetValue(_file) is { } path
            ? ConfigurationFile.Read<FileSettings>(path.FullName, s => s.Faults(imageSize))
            : new FileSettings();
        return new PreprocessingSettings
        {
            CropVoxels = imageSize,
            SpacingMm = arguments.GetValue(_spacing) ?? file.SpacingMm,
            NormalizationGridMm = file.NormalizationGridMm,
            ScalpMm = file.ScalpMm,
            ClipAt = arguments.GetValue(_clip) ?? file.ClipAt,
        };
    }

    /// <summary>As <see cref="PreprocessingSettings"/>, the crop being that of the model.</summary>
    private sealed record FileSettings
    {
        private static readonly PreprocessingSettings Defaults = new();

        public double SpacingMm { get; init; } = Defaults.SpacingMm;

        public int? CropVoxels { get; init; }

        public double NormalizationGridMm { get; init; } = Defaults.NormalizationGridMm;

        public double ScalpMm { get; init; } = Defaults.ScalpMm;

        public double ClipAt { get; init; } = Defaults.ClipAt;

        public IEnumerable<string> Faults(int imageSize)
        {
            if (CropVoxels is { } crop && crop != imageSize)
                yield return $"CropVoxels: {crop} is not the model's input, {imageSize}";
            if (!(SpacingMm > 0))
                yield return "SpacingMm: above 0";
            if (!(NormalizationGridMm > 0))
                yield return "NormalizationGridMm: above 0";
            if (!(ScalpMm >= 0))
                yield return "ScalpMm: 0 or more";
            if (!(ClipAt > 0))
                yield return "ClipAt: above 0";
        }
    }

    private static Option<double?> Above0(string name, string description, string unit)
    {
        Option<double?> option = new(name) { Description = description, HelpName = unit };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } value && !(value > 0 && double.IsFinite(value)))
                result.AddError($"{name}: above 0.");
        });
        return option;
    }
}
