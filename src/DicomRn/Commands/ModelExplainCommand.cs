using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DicomRn.CommandLine;
using DicomRn.Learning.Explanation;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Packs;

namespace DicomRn.Commands;

/// <summary><c>dicomrn model explain</c>: how far the attention maps of a model pack can be believed.</summary>
internal sealed class ModelExplainCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly ModelPackArguments _packs = new(isRequired: true);

    private readonly Option<int> _phantoms = new("--phantoms") { Description = "Phantom patients, one lesion each, half of each centre.", DefaultValueFactory = _ => 40 };

    private readonly Option<int> _seed = new("--seed") { Description = "Decides the phantoms and the random weights.", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _threads = new("--threads") { Description = "CPU threads; 0 for one per core.", DefaultValueFactory = _ => 0 };

    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON." };

    public ModelExplainCommand(CommandConsole console)
        : base(console, "explain", """
            Measures on synthetic phantoms how far the attention maps of a model pack can be believed: whether they point to where the look of a
            class is, whether the logit depends on the patches they show (occlusion), and whether they change when the model forgets what it has
            learnt (cascading randomisation). Controls that need no model stand beside them. The maps are of the image; a model with clinical variables is
            told those of the phantoms as in "phantom cohort", some of them missing.
            """)
    {
        _packs.AddTo(this);
        foreach (Option option in new Option[] { _phantoms, _seed, _threads, _json })
            Add(option);
        Limit(_phantoms, 2, ExplanationMeasurement.LargestPhantoms);
        Limit(_seed, 0, ExplanationMeasurement.LargestSeed);
        Limit(_threads, 0, int.MaxValue);
        AddExample("model explain phantom-vit-small", "the pack that comes with the program");
        AddExample("model explain phantom-vit-small --phantoms 200 --seed 2 --json", "narrower intervals, other phantoms, for a program to read");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ModelPack pack = _packs.Find(arguments).Single();
        InferenceSettings settings = new() { Threads = arguments.GetValue(_threads) };
        ExplanationResult result = await Console.TrackAsync("Explaining phantoms", bar => Task.Run(
            () => ExplanationMeasurement.Run(pack, arguments.GetValue(_phantoms), arguments.GetValue(_seed), settings, bar, cancellationToken), cancellationToken));
        if (arguments.GetValue(_json))
            Console.Output.WriteLine(JsonSerializer.Serialize(result, Format));
        else
            Show(result);
        return ExitCode.Success;
    }

    private static void Limit(Option<int> option, int low, int high) => option.Validators.Add(result =>
    {
        int value = result.GetValueOrDefault<int>();
        if (value < low || value > high)
            result.AddError(high == int.MaxValue ? $"{option.Name}: {low} or more." : $"{option.Name}: {low} to {high}.");
    });

    private static string Text(MeanOverLesions value)
    {
        if (value.Mean is not { } mean)
            return "-";
        string middle = mean.ToString("F2", CultureInfo.InvariantCulture);
        return value is { Low: { } low, High: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"{middle} ({low:F2} to {high:F2})")
            : middle;
    }

    private void Show(ExplanationResult result)
    {
        Console.Output.WriteLine($"{result.Model} on {result.Phantoms} synthetic phantoms, seed {result.Seed}; means over lesions with 95 % intervals");
        Console.Output.WriteLine();
        Console.Output.WriteLine("Does the map point to where the look of a class is? (by patches; 0.5 and 1 for a map that knows nothing)");
        TextTable agreement = new("map", "AUC", "AUC within the lesion", "enrichment", "highest patch is there");
        foreach (ExplanationAgreement a in result.Agreement)
            agreement.Add(a.Map, Text(a.Auc), Text(a.LesionAuc), Text(a.Enrichment), Text(a.Hits));
        agreement.Write(Console.Output);
        Console.Output.WriteLine();
        Console.Output.WriteLine("Does the logit depend on the patches that the map shows? (rank correlation with occlusion)");
        TextTable occlusion = new("map", "correlation");
        foreach (ExplanationOcclusion o in result.Occlusion)
            occlusion.Add(o.Map, Text(o.Correlation));
        occlusion.Write(Console.Output);
        Console.Output.WriteLine();
        Console.Output.WriteLine("Does the map change when the model forgets? (rank correlation with the map of the trained model; near 0 is good)");
        string[] headings = ["forgotten down to", .. result.Sanity.Select(s => s.Map).Distinct()];
        TextTable sanity = new(headings);
        foreach (IGrouping<string, ExplanationSanity> step in result.Sanity.GroupBy(s => s.Part))
        {
            string[] cells = [step.Key, .. step.Select(s => Text(s.Correlation))];
            sanity.Add(cells);
        }
        sanity.Write(Console.Output);
    }
}
