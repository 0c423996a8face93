using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Learning.Packs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model show</c>: what a model pack says of itself.</summary>
internal sealed class ModelShowCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly ModelPackArguments _packs = new(isRequired: false);

    private readonly Option<bool> _json = new("--json") { Description = "Write the manifest as JSON." };

    public ModelShowCommand(CommandConsole console)
        : base(console, "show", "Shows what a model pack says of itself.")
    {
        _packs.AddTo(this);
        Add(_json);
        AddExample("model show", "intended use, training data, measured figures");
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        foreach (ModelPack pack in _packs.Find(arguments))
        {
            if (arguments.GetValue(_json))
                Console.Output.WriteLine(JsonSerializer.Serialize(pack.Manifest, Format));
            else
                Show(pack);
        }

        return Task.FromResult(ExitCode.Success);
    }

    private void Show(ModelPack pack)
    {
        ModelManifest manifest = pack.Manifest;
        TextWriter output = Console.Output;
        output.WriteLine($"{manifest.Name} {manifest.Version}  ({pack.Folder})");
        output.WriteLine($"fingerprint    {pack.Fingerprint}");
        output.WriteLine($"intended use   {manifest.IntendedUse}");
        output.WriteLine($"trained on     {manifest.TrainingData}");
        output.WriteLine($"architecture   {manifest.Architecture}, {manifest.Configuration.ImageSize} voxels, patch {manifest.Configuration.PatchSize}, "
            + $"{manifest.Configuration.HiddenSize} wide, {manifest.Configuration.Layers} layers");
        output.WriteLine(manifest.Decision is { RadiationNecrosisAtMost: < 0, ProgressionAtLeast: > 1 }
            ? "decision       none: probabilities alone"
            : string.Create(CultureInfo.InvariantCulture, $"decision       necrosis at P(progression) <= {manifest.Decision.RadiationNecrosisAtMost:F2}, progression at >= {manifest.Decision.ProgressionAtLeast:F2}"));
        output.WriteLine();
        WriteFigures(manifest, output);
    }

    /// <summary>The figures measured, as a table; nothing where nothing was measured.</summary>
    internal static void WriteFigures(ModelManifest manifest, TextWriter output)
    {
        if (manifest.Measured.Count == 0)
            return;
        TextTable table = new("cohort", "score", ">AUC", "95 % interval", ">RN", ">progression");
        foreach (MeasuredFigure figure in manifest.Measured)
        {
            table.Add(
                figure.Cohort,
                figure.Score,
                Text(figure.Auc),
                $"{Text(figure.Low)} - {Text(figure.High)}",
                figure.RadiationNecrosisCases.ToString(CultureInfo.InvariantCulture),
                figure.ProgressionCases.ToString(CultureInfo.InvariantCulture));
        }

        table.Write(output);
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
