using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Learning.Cohorts;

namespace DicomRn.Commands;

/// <summary><c>dicomrn phantom cohort</c>: labelled and unlabelled synthetic cohorts of two centres in the common format.</summary>
internal sealed class PhantomCohortCommand : ProgramCommand
{
    private const int SmallestEdge = 32, LargestEdge = 128;

    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "A new or empty folder for cohort.csv, truth.csv and the NIfTI files; the same command carries on an interrupted cohort.",
        Required = true,
    };

    private readonly Option<int> _seed = new("--seed") { Description = "The same seed gives the same files.", Required = true };

    private readonly Option<int> _unlabelled = Number("--unlabelled", "Sub-volumes without a label, of the first centre and of various other scanners.", 10_167);

    private readonly Option<int> _labelled = Number("--labelled", "Labelled lesions of the first centre; 20 % are held out, by patient and with the same share of both classes.", 109);

    private readonly Option<int> _external = Number("--external", "Labelled lesions of the second centre.", 28);

    private readonly Option<int> _timePoints = Number("--time-points", "Scans of each patient; the last is the index scan.", 3);

    private readonly Option<int> _edge = Number("--edge", $"Voxels of 1 mm along each edge of the sub-volumes, {SmallestEdge} to {LargestEdge}.", 48);

    private readonly Option<int> _threads = Number("--threads", "CPU threads, 0 for one per core; the files do not depend on it.", 0);

    public PhantomCohortCommand(CommandConsole console)
        : base(console, "cohort", "Writes synthetic cohorts of two centres, labelled and unlabelled, with serial scans and clinical data.")
    {
        foreach (Option option in new Option[] { _output, _seed, _unlabelled, _labelled, _external, _timePoints, _edge, _threads })
            Add(option);
        Require(_timePoints, n => n is >= 1 and <= 10, "1 to 10 scans.");
        Require(_edge, n => n is >= SmallestEdge and <= LargestEdge, $"{SmallestEdge} to {LargestEdge} voxels.");
        Validators.Add(result =>
        {
            // An option that is not given has no value here yet; its default is above 0.
            if (new[] { _unlabelled, _labelled, _external }.All(o => result.GetResult(o) is { Implicit: false } given && given.GetValueOrDefault<int>() == 0))
                result.AddError("--unlabelled, --labelled and --external: all are 0.");
        });
        AddExample("phantom cohort --output cohort --seed 1", "the paper's sizes: 10,167 unlabelled sub-volumes, 109 labelled lesions, 28 of a second centre");
        AddExample("phantom cohort --output small --seed 1 --unlabelled 60 --labelled 20 --external 8 --time-points 2", "a small one in seconds");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PhantomCohortOptions options = new()
        {
            Seed = arguments.GetValue(_seed),
            Unlabelled = arguments.GetValue(_unlabelled),
            Labelled = arguments.GetValue(_labelled),
            External = arguments.GetValue(_external),
            TimePoints = arguments.GetValue(_timePoints),
            Edge = arguments.GetValue(_edge),
        };
        int threads = arguments.GetValue(_threads) is > 0 and var given ? given : Environment.ProcessorCount;
        string folder = arguments.GetRequiredValue(_output).FullName;
        Cohort cohort = await Console.TrackAsync("Making phantoms", progress => Task.Run(
            () => PhantomCohort.WriteAsync(folder, options, threads, progress, cancellationToken), cancellationToken));
        CohortTable.Write(cohort, Console.Output);
        Console.Output.WriteLine($"Synthetic. {Path.Combine(cohort.Folder, Cohort.TableName)}");
        return ExitCode.Success;
    }

    private static Option<int> Number(string name, string description, int byDefault)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => byDefault };
        Require(option, n => n >= 0, "0 or more.");
        return option;
    }

    private static void Require(Option<int> option, Func<int, bool> isRight, string rule) => option.Validators.Add(result =>
    {
        if (!isRight(result.GetValueOrDefault<int>()))
            result.AddError($"{option.Name}: {rule}");
    });
}
