using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics;

namespace DicomRn.Commands;

/// <summary><c>dicomrn radiomics</c>: features of a region of an image.</summary>
internal sealed class RadiomicsCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Option<FileInfo> _image = new("--image")
    {
        Description = "The image: NIfTI (.nii, .nii.gz) or NRRD.",
        HelpName = "F",
        Required = true,
    };

    private readonly Option<FileInfo> _mask = new("--mask")
    {
        Description = "The region on the same grid: NIfTI or NRRD.",
        HelpName = "F",
        Required = true,
    };

    private readonly RadiomicsArguments _arguments = new();

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON, one object of features, instead of CSV." };

    private readonly Option<FileInfo?> _output = new("--output") { Description = "Write to a file instead of stdout.", HelpName = "F" };

    public RadiomicsCommand(CommandConsole console)
        : base(console, "radiomics", "Computes radiomic features of a region of an image.")
    {
        Add(_image);
        Add(_mask);
        _arguments.AddTo(this);
        Add(_json);
        Add(_output);
        AddExample("radiomics --image t1ce.nii.gz --mask lesion.nii.gz --spacing 1 --bin-width 10 --range 0,inf", "IBSI features on a 1 mm grid");
        AddExample("radiomics --image t1ce.nrrd --mask lesion.nrrd --profile pyradiomics --settings params.yaml", "as PyRadiomics computes them");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        (FileInfo imageFile, FileInfo maskFile) = (arguments.GetRequiredValue(_image), arguments.GetRequiredValue(_mask));
        (RadiomicsSettings settings, int? label) = await _arguments.ReadAsync(arguments, cancellationToken);
        Volume<float> image = await VolumeFile.ReadAsync(imageFile, cancellationToken);
        Volume<byte> mask = Region(await VolumeFile.ReadAsync(maskFile, cancellationToken), label, maskFile);
        if (!image.Geometry.Coincides(mask.Geometry))
            throw new JobFailedException($"{maskFile}: the mask is not on the grid of {imageFile}.");
        IReadOnlyList<RadiomicFeature> features;
        try
        {
            features = RadiomicsExtractor.Extract(image, mask, settings);
        }
        catch (RadiomicsException e)
        {
            throw new JobFailedException($"{imageFile} with {maskFile}: {e.Message}.", e);
        }

        string text = arguments.GetValue(_json) ? JsonText(features) : CsvText(features);
        if (arguments.GetValue(_output) is { } output)
            await File.WriteAllTextAsync(output.FullName, text, cancellationToken);
        else
            await Console.Output.WriteAsync(text.AsMemory(), cancellationToken);
        return ExitCode.Success;
    }

    private static Volume<byte> Region(Volume<float> labels, int? label, FileInfo file)
    {
        byte[] inside = Array.ConvertAll(labels.Voxels, v => (label is { } wanted ? v == wanted : v > 0) ? (byte)1 : (byte)0);
        if (!inside.AsSpan().Contains((byte)1))
            throw new JobFailedException(label is { } missing ? $"{file}: no voxel has the value {missing}." : $"{file}: the mask is empty.");
        return new Volume<byte>(labels.Geometry, inside);
    }

    private static string CsvText(IReadOnlyList<RadiomicFeature> features)
    {
        StringBuilder text = new("feature,value\n");
        foreach (RadiomicFeature feature in features)
            text.Append(CultureInfo.InvariantCulture, $"{feature.Name},{feature.Value:R}\n");
        return text.ToString();
    }

    private static string JsonText(IReadOnlyList<RadiomicFeature> features) =>
        JsonSerializer.Serialize(features.ToDictionary(f => f.Name, f => f.Value), Json) + "\n";
}
