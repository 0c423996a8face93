using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Packs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model show</c>: what a model pack says of itself.</summary>
internal sealed class ModelShowCommand : ProgramCommand
{
    private readonly ModelPackArguments _packs = new(isRequired: false);

    private readonly Option<bool> _json = new("--json") { Description = "Write the manifest as JSON." };

    public ModelShowCommand(CommandConsole console)
        : base(console, "show", "Shows what a model pack says of itself.")
    {
        _packs.AddTo(this);
        Add(_json);
        AddExample("model show", "intended use, training data, clinical variables, calibration, measured figures");
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        foreach (ModelPack pack in _packs.Find(arguments))
        {
            if (arguments.GetValue(_json))
                Console.Output.WriteLine(pack.ManifestJson);
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
        foreach (string line in Fusion(manifest))
            output.WriteLine(line);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calibration    temperature {manifest.Calibration.Temperature:F3}, intercept {manifest.Calibration.Intercept:F3}, for {100 * manifest.Calibration.ProgressionPrevalence:F0} % progression ({manifest.Calibration.Cases} cases)"));
        output.WriteLine(manifest.Decision is { RadiationNecrosisAtMost: < 0, ProgressionAtLeast: > 1 }
            ? "decision       none: probabilities alone"
            : string.Create(CultureInfo.InvariantCulture, $"decision       necrosis at P(progression) <= {manifest.Decision.RadiationNecrosisAtMost:F2}, progression at >= {manifest.Decision.ProgressionAtLeast:F2}"));
        output.WriteLine(manifest.Novelty.Cases == 0
            ? "novelty        not judged"
            : string.Create(CultureInfo.InvariantCulture, $"novelty        not classified beyond the distance {manifest.Novelty.LargestDistance:F1}, that of {100 * manifest.Novelty.Quantile:F0} % of {manifest.Novelty.Cases} unseen cases"));
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

    /// <summary>How clinical variables come in.</summary>
    private static IEnumerable<string> Fusion(ModelManifest manifest)
    {
        if (manifest.Fusion is not { } fusion)
        {
            yield return "clinical data  none: the image alone decides";
            yield break;
        }

        yield return $"clinical data  {ModelText.Of(fusion)}; a missing value is a state of its own"
            + (fusion.HiddenShare > 0 ? string.Create(CultureInfo.InvariantCulture, $", learnt from {100 * fusion.HiddenShare:0.#} % of the values hidden in training") : "");
        foreach (MeasuredVariable v in fusion.Measured)
            yield return string.Create(CultureInfo.InvariantCulture, $"  {v.Name,-12} {(v.Scale == VariableScale.Linear ? "" : "logarithm, ")}mean {v.Mean:F2}, deviation {v.Deviation:F2} in the training cases");
        foreach (VariableCases v in fusion.Variables)
            yield return $"  {v.Name}: known in {v.Known} training cases, missing in {v.Missing}{(v.Missing == 0 && fusion.HiddenShare == 0 ? ", so that no lesion is classified without it" : "")}";
        if (fusion.Primaries.Count > 0)
            yield return $"  primaries    {string.Join(", ", fusion.Primaries)}, any other";
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
