using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Cohorts.Import;

namespace DicomRn.Commands;

/// <summary><c>dicomrn import DATASET</c>: a public data set, as it is distributed, into the common cohort format.</summary>
internal sealed class ImportCommand : ProgramCommand
{
    private static readonly (string Word, IndexScanRule Rule)[] IndexRules =
    [
        ("last-after-srs-else-last", IndexScanRule.LastAfterSrsElseLast), ("last-after-srs", IndexScanRule.LastAfterSrs),
        ("first-after-srs", IndexScanRule.FirstAfterSrs), ("last", IndexScanRule.Last),
    ];

    private readonly Argument<DirectoryInfo> _source = new("SRC") { Description = "The folder of the data set, unpacked." };

    private readonly Option<DirectoryInfo> _output = new("--output", "-o") { Description = "A new or empty folder for cohort.csv and the masks, one per lesion.", Required = true };

    private readonly Option<bool> _copy = new("--copy") { Description = "Copy the images, too; else cohort.csv names them where they are." };

    private readonly Option<int[]?> _values = new("--lesion-values")
    {
        Description = "Values of the segmentation that are the lesion, such as 1,3; the data set's usual ones by default.",
        HelpName = "N,N",
        CustomParser = Values,
    };

    private readonly Option<FileInfo?> _workbook = new("--workbook") { Description = "The clinical workbook; the only .xlsx file below SRC by default." };

    private readonly Option<string> _indexScan = new("--index-scan")
    {
        Description = "Which segmented scan of a lesion is asked about: " + string.Join(", ", IndexRules.Select(r => r.Word)) + ".",
        DefaultValueFactory = _ => IndexRules[0].Word,
    };

    private readonly Option<double> _heldOut = new("--held-out") { Description = "Share of the labelled lesions to hold out, by patient.", DefaultValueFactory = _ => 0.2 };

    private readonly Option<int> _seed = new("--seed") { Description = "Decides which patients are held out.", DefaultValueFactory = _ => 1 };

    private readonly Option<string> _sequence = new("--sequence") { Description = "Which image after contrast: bravo (gradient echo) or t1_gd (spin echo).", DefaultValueFactory = _ => "bravo" };

    public ImportCommand(CommandConsole console, string dataset, string layout)
        : base(console, dataset, $"Imports {dataset}: {layout}.")
    {
        Add(_source);
        Add(_output);
        Add(_copy);
        if (dataset == "molab")
        {
            foreach (Option option in new Option[] { _workbook, _indexScan, _heldOut, _seed })
                Add(option);
            _indexScan.AcceptOnlyFromAmong([.. IndexRules.Select(r => r.Word)]);
            _heldOut.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<double>() is not (>= 0 and < 1))
                    result.AddError("--held-out: 0 or more, below 1.");
            });
            AddExample("import molab OpenBTAI --output molab --index-scan last-after-srs", "labelled lesions with a segmented scan after radiosurgery");
            return;
        }

        if (dataset != "yale")
            Add(_values);
        if (dataset == "brainmetshare")
        {
            Add(_sequence);
            _sequence.AcceptOnlyFromAmong("bravo", "t1_gd");
        }

        AddExample($"import {dataset} download --output {dataset}", "rows without labels, for pre-training");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ImportOptions options = new()
        {
            Source = arguments.GetRequiredValue(_source).FullName,
            Output = arguments.GetRequiredValue(_output).FullName,
            Copy = arguments.GetValue(_copy),
            LesionValues = arguments.GetValue(_values) is { Length: > 0 } values ? values : null,
            Workbook = arguments.GetValue(_workbook)?.FullName,
        };
        if (Name == "molab")
        {
            options = options with
            {
                IndexScan = IndexRules.First(r => r.Word == arguments.GetValue(_indexScan)).Rule,
                HeldOutShare = arguments.GetValue(_heldOut),
                Seed = arguments.GetValue(_seed),
            };
        }
        else if (Name == "brainmetshare")
        {
            options = options with { Sequence = arguments.GetRequiredValue(_sequence) };
        }

        ImportResult result = await Console.TrackAsync($"Importing {Name}", progress => Task.Run(
            () => CohortImport.RunAsync(Name, options, progress, cancellationToken), cancellationToken));
        CohortTable.Write(result.Cohort, Console.Output);
        foreach (LeftOut item in result.LeftOut)
            Console.Error.WriteLine($"{item.What}: {item.Why}");
        foreach (var reason in result.LeftOut.CountBy(l => l.Why).OrderByDescending(r => r.Value))
            Console.Output.WriteLine($"{reason.Value} × {reason.Key}");
        foreach (string remark in result.Remarks)
            Console.Output.WriteLine(remark);
        Console.Output.WriteLine(Path.Combine(result.Cohort.Folder, Learning.Cohorts.Cohort.TableName));
        return ExitCode.Success;
    }

    private static int[]? Values(ArgumentResult result)
    {
        string[] parts = result.Tokens.Single().Value.Split(',');
        int[] values = new int[parts.Length];
        for (int n = 0; n < parts.Length; n++)
        {
            if (!int.TryParse(parts[n], NumberStyles.None, CultureInfo.InvariantCulture, out values[n]) || values[n] == 0)
            {
                result.AddError($"'{result.Tokens.Single().Value}' is no list of whole numbers above 0 separated by commas.");
                return null;
            }
        }

        return values;
    }
}
