using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;
using DicomRn.Learning.Torch;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model verify</c>: checksums of a pack, and whether its weights load.</summary>
internal sealed class ModelVerifyCommand : ProgramCommand
{
    private readonly ModelPackArguments _packs = new(isRequired: false);

    private readonly Option<DirectoryInfo?> _libTorch = new("--libtorch")
    {
        Description = "The folder of an existing libtorch, as Inference:LibTorchDirectory; the packaged one by default.",
    };

    public ModelVerifyCommand(CommandConsole console)
        : base(console, "verify", "Checks every file of a model pack against its checksum and loads the weights.")
    {
        _packs.AddTo(this);
        Add(_libTorch);
        AddExample("model verify", "all packs that came with the program");
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        bool isWell = true;
        foreach (ModelPack pack in _packs.Find(arguments))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<string> problems = pack.Verify();
            isWell &= problems.Count == 0;
            foreach (string problem in problems)
                Console.Error.WriteLine(problem);
            if (problems.Count > 0)
                continue;
            using LesionClassifier classifier = new(pack, new InferenceSettings { LibTorchDirectory = arguments.GetValue(_libTorch)?.FullName });
            Console.Output.WriteLine(
                $"{pack.Manifest.Name} {pack.Manifest.Version}: {pack.Manifest.Files.Count} files as listed, "
                + $"weights loaded on {classifier.DeviceName} by libtorch {TorchRuntime.RequiredVersion}"
                + (pack.Manifest.Fusion is { } fusion ? $", clinical data by {ModelText.Of(fusion)}" : ""));
        }

        return Task.FromResult(isWell ? ExitCode.Success : ExitCode.JobFailed);
    }
}
