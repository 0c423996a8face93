using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Radiomics;

namespace DicomRn.Commands;

/// <summary>The options of <c>radiomics</c> that say what is computed; those on the command line win over a settings file.</summary>
internal sealed class RadiomicsArguments
{
    private readonly Option<RadiomicsProfile> _profile = new("--profile")
    {
        Description = "Definitions and names: those of IBSI, or of PyRadiomics.",
        HelpName = "ibsi|pyradiomics",
        DefaultValueFactory = _ => RadiomicsProfile.Ibsi,
    };

    private readonly Option<double?> _spacing = new("--spacing") { Description = "Resample to cubes of this size.", HelpName = "MM" };

    private readonly Option<double?> _binWidth = new("--bin-width")
    {
        Description = "Bins of this width: from the lower end of --range or the lowest intensity (ibsi), or at its multiples (pyradiomics; 25 if nothing is said).",
        HelpName = "W",
    };

    private readonly Option<int?> _binCount = new("--bin-count")
    {
        Description = "So many bins from the lowest to the highest intensity (ibsi: 64 if nothing is said and the intensities are not whole numbers from 1 to 64).",
        HelpName = "N",
    };

    private readonly Option<IntensityRange?> _range = new("--range")
    {
        Description = "Only voxels of these intensities count, except for shape; 'inf' for no upper end.",
        HelpName = "LOW,HIGH",
        CustomParser = ParseRange,
    };

    private readonly Option<int?> _label = new("--label")
    {
        Description = "The value of the mask that is the region (ibsi: any above 0; pyradiomics: 1).",
        HelpName = "N",
    };

    private readonly Option<FileInfo?> _settings = new("--settings")
    {
        Description = "More settings: a PyRadiomics parameter file, YAML or JSON, also for the filters LoG and Wavelet.",
        HelpName = "F",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _label, _profile, _spacing, _binWidth, _binCount, _range, _settings })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_binWidth) is { Implicit: false } && result.GetResult(_binCount) is { Implicit: false })
                result.AddError("--bin-width and --bin-count exclude each other.");
        });
        Require(_spacing, v => v is > 0 and < double.PositiveInfinity, "--spacing must be above 0.");
        Require(_binWidth, v => v is > 0 and < double.PositiveInfinity, "--bin-width must be above 0.");
        Require(_binCount, v => v is >= 1, "--bin-count must be at least 1.");
    }

    /// <exception cref="JobFailedException">The settings file cannot be read.</exception>
    public async Task<(RadiomicsSettings Settings, int? Label)> ReadAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        RadiomicsSettings settings = new() { Profile = arguments.GetValue(_profile) };
        int? label = settings.Profile == RadiomicsProfile.PyRadiomics ? 1 : null;
        if (arguments.GetValue(_settings) is { } file)
        {
            RadiomicsSettingsFile read = await ReadFileAsync(file, settings, cancellationToken);
            (settings, label) = (read.Settings, read.Label ?? label);
        }

        if (arguments.GetValue(_spacing) is { } spacing)
            settings = settings with { Spacing = VoxelSpacing.Isotropic(spacing) };
        if (arguments.GetValue(_binWidth) is { } width)
            settings = settings with { BinWidth = width, BinCount = null };
        if (arguments.GetValue(_binCount) is { } count)
            settings = settings with { BinCount = count, BinWidth = null };
        if (arguments.GetValue(_range) is { } range)
            settings = settings with { Range = range, RangeMode = RangeMode.Absolute };
        return (settings, arguments.GetValue(_label) ?? label);
    }

    private static async Task<RadiomicsSettingsFile> ReadFileAsync(FileInfo file, RadiomicsSettings settings, CancellationToken cancellationToken)
    {
        if (!file.Exists)
            throw new JobFailedException($"{file}: no such file.");
        try
        {
            return RadiomicsSettingsFile.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken), settings);
        }
        catch (RadiomicsException e)
        {
            throw new JobFailedException($"{file}: {e.Message}.", e);
        }
    }

    private static void Require<T>(Option<T?> option, Func<T, bool> holds, string message)
        where T : struct =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && result.GetValueOrDefault<T?>() is { } value && !holds(value))
                result.AddError(message);
        });

    private static IntensityRange? ParseRange(ArgumentResult result)
    {
        string[] ends = result.Tokens[0].Value.Split(',');
        if (ends.Length == 2 && End(ends[0], out double low) && End(ends[1], out double high) && low <= high)
            return new IntensityRange(low, high);
        result.AddError($"--range needs two numbers, LOW,HIGH, not '{result.Tokens[0].Value}'.");
        return null;
    }

    private static bool End(string text, out double value)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case "inf" or "+inf" or "infinity":
                value = double.PositiveInfinity;
                return true;
            case "-inf" or "-infinity":
                value = double.NegativeInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        }
    }
}
