using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Packs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model list</c>: the model packs.</summary>
internal sealed class ModelListCommand : ProgramCommand
{
    private readonly ModelPackArguments _packs = new(isRequired: false);

    private readonly Option<bool> _json = new("--json") { Description = "Write the manifests as JSON." };

    public ModelListCommand(CommandConsole console)
        : base(console, "list", "Lists the model packs.")
    {
        _packs.AddTo(this, withName: false);
        Add(_json);
        AddExample("model list", "the packs that came with the program");
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelPack> packs = _packs.Find(arguments, withName: false);
        if (arguments.GetValue(_json))
        {
            Console.Output.WriteLine(ModelPack.ToJson(packs));
            return Task.FromResult(ExitCode.Success);
        }

        TextTable table = new("name", "version", "trained on", ">AUC", "measured on");
        foreach (ModelPack pack in packs)
        {
            MeasuredFigure? figure = pack.Manifest.Measured.Count > 0 ? pack.Manifest.Measured[0] : null;
            table.Add(
                pack.Manifest.Name,
                pack.Manifest.Version,
                pack.Manifest.TrainedOnPhantoms ? "synthetic phantoms" : "patients",
                figure?.Auc.ToString("F3", CultureInfo.InvariantCulture) ?? "-",
                figure?.Cohort ?? "-");
        }

        table.Write(Console.Output);
        return Task.FromResult(ExitCode.Success);
    }
}
