using System.CommandLine;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Learning.Importing;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model import</c>: a MONAI or PyTorch Vision Transformer as a model pack or as an encoder.</summary>
internal sealed class ModelImportCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Argument<FileInfo> _file = new("FILE")
    {
        Description = "The state dict of a MONAI ViT or ViTAutoEnc, safetensors (F32, F16, BF16 or F64). Patch embedding conv or perceptron, one input channel "
            + "(T1CE) or two (T1CE, mask), cubic input. All sizes but the heads follow from the tensors' shapes.",
    };

    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "A new folder: that of the pack, whose name becomes the pack's, or that of the encoder.",
        Required = true,
    };

    private readonly Option<string> _as = new("--as")
    {
        Description = "pack: a model for the node, with its classification head; encoder: what the setting 'encoder' of finetune takes, without head.",
        Required = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write what was made as JSON." };

    private readonly StateDictArguments _stateDict = new();
    private readonly ImportedPreprocessingArguments _preprocessing = new();
    private readonly ImportedPackArguments _pack = new();

    public ModelImportCommand(CommandConsole console)
        : base(console, "import", "Imports a MONAI or PyTorch Vision Transformer from safetensors as a model pack or as an encoder to fine-tune.")
    {
        _as.AcceptOnlyFromAmong("pack", "encoder");
        Add(_file);
        Add(_output);
        Add(_as);
        _stateDict.AddTo(this);
        _preprocessing.AddTo(this);
        _pack.AddTo(this, IsPack);
        Add(_json);
        AddExample("model import vit_autoenc.safetensors --as encoder --output encoders/autoenc --spacing 1.5",
            "then \"encoder\": \"encoders/autoenc\" in the configuration of finetune");
        AddExample("model import vit.safetensors --as pack --output models/ours --heads 12 --training-data \"412 lesions of our hospital, 2015 to 2021\"",
            "a pack that gives probabilities and decides nothing");
        AddExample("model import vit.safetensors --as pack --output models/ours --training-data \"412 lesions\" --cohort cohort",
            "the same, calibrated and measured on a cohort, so that it decides");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        bool isPack = arguments.GetRequiredValue(_as) == "pack";
        string folder = arguments.GetRequiredValue(_output).FullName;
        ImportedModel model = await Task.Run(
            () => ImportedModel.Read(arguments.GetRequiredValue(_file).FullName, _stateDict.Read(arguments) with { WithHead = isPack }), cancellationToken);
        PreprocessingSettings preprocessing = _preprocessing.Read(arguments, model.Configuration.ImageSize);
        PackImportOptions? options = isPack ? _pack.Read(arguments, folder, preprocessing) : null;
        OutputFolder.CreateEmpty(folder);
        ModelPack? pack = null;
        if (options is null)
            model.WriteEncoder(folder, preprocessing);
        else
            pack = await Console.TrackAsync("Calibrating", bar => Task.Run(() => PackImport.WriteAsync(model, options, bar, cancellationToken), cancellationToken));
        Tell(arguments, model, preprocessing, folder, pack);
        return ExitCode.Success;
    }

    private bool IsPack(System.CommandLine.Parsing.CommandResult result) => result.GetValue(_as) == "pack";

    private void Tell(ParseResult arguments, ImportedModel model, PreprocessingSettings preprocessing, string folder, ModelPack? pack)
    {
        foreach (string remark in model.Remarks)
            Console.Error.WriteLine(remark);
        if (pack is { Manifest.Calibration.Cases: 0 })
            Console.Error.WriteLine("no cohort: the pack gives probabilities, decides no class and cannot tell unusual lesions");
        if (arguments.GetValue(_json))
        {
            Console.Output.WriteLine(JsonSerializer.Serialize(
                new { Kind = pack is null ? "encoder" : "pack", Folder = folder, model.Parameters, model.Configuration, preprocessing, model.Remarks, pack?.Manifest }, Format));
            return;
        }

        var c = model.Configuration;
        Console.Output.WriteLine($"ViT: {c.ImageSize}³ voxels, {c.InChannels} channel(s), patch {c.PatchSize}, hidden size {c.HiddenSize}, MLP {c.MlpSize}, {c.Layers} layers, {c.Heads} heads, "
            + $"{(c.QkvBias ? "with" : "without")} qkv bias, {(c.ClassToken ? "with" : "without")} class token, {model.Parameters} parameters");
        if (pack is not null)
            ModelShowCommand.WriteFigures(pack.Manifest, Console.Output);
        Console.Output.WriteLine(pack is null ? $"The encoder: {folder}" : $"The pack, with its model card: {folder}");
    }
}
