using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DicomRn.CommandLine;
using DicomRn.Learning.Phantoms;
using DicomRn.Phantoms;

namespace DicomRn.Commands;

/// <summary><c>dicomrn phantom study</c>: a synthetic DICOM study with its contours and its truth.</summary>
internal sealed class PhantomStudyCommand : ProgramCommand
{
    private const double SmallestSpacing = 0.3, LargestSpacing = 6, LargestTilt = 60;

    private readonly Option<DirectoryInfo> _output = new("--output", "-o") { Description = "A new or empty folder for the study.", Required = true };

    private readonly Option<int> _seed = new("--seed") { Description = "The phantom patient: the same seed gives the same study, UIDs included.", Required = true };

    private readonly Option<int> _lesions = new("--lesions") { Description = "Number of lesions, 1 to 5.", DefaultValueFactory = _ => 2 };

    private readonly Option<PhantomContours> _contours = new("--contours")
    {
        Description = "The contour objects in the study: rtstruct, seg, both or none.",
        DefaultValueFactory = _ => PhantomContours.RtStruct,
    };

    private readonly Option<string> _centre = new("--centre") { Description = "Whose scanner: A or B.", DefaultValueFactory = _ => "A" };

    private readonly Option<double[]?> _spacing = new("--spacing")
    {
        Description = "Voxel size in mm, as S or COLUMN,ROW,SLICE; the scanner's own by default.",
        HelpName = "MM",
        CustomParser = result => Numbers(result, 1, 3),
    };

    private readonly Option<double[]?> _oblique = new("--oblique")
    {
        Description = "Tilt of the stack in degrees, as PITCH,ROLL; the scanner's own slight tilt by default.",
        HelpName = "DEGREES",
        CustomParser = result => Numbers(result, 2, 2),
    };

    private readonly Option<bool> _preContrast = new("--pre-contrast") { Description = "Add the T1 series before contrast." };

    public PhantomStudyCommand(CommandConsole console)
        : base(console, "study", "Writes a synthetic follow-up study with contours and its truth (truth.json).")
    {
        foreach (Option option in new Option[] { _output, _seed, _lesions, _contours, _centre, _spacing, _oblique, _preContrast })
            Add(option);
        _contours.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "rtstruct", "seg", "both", "none");
        _centre.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "A", "B");
        Require(_lesions, n => n is >= 1 and <= 5, "1 to 5 lesions.");
        Require(_seed, n => n >= 0, "a seed is 0 or more.");
        Require(_spacing, s => s!.All(mm => mm is >= SmallestSpacing and <= LargestSpacing), $"{SmallestSpacing} to {LargestSpacing} mm.");
        Require(_oblique, s => s!.All(degrees => Math.Abs(degrees) <= LargestTilt), $"at most {LargestTilt} degrees.");
        AddExample("phantom study --output study --seed 7", "two lesions with an RTSTRUCT");
        AddExample("phantom study --output study --seed 7 --lesions 4 --contours both --centre B", "four, with RTSTRUCT and SEG, from the other scanner");
        AddExample("phantom study --output study --seed 7 --spacing 0.9,0.9,2 --oblique 20,-8", "an oblique stack of thick slices");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string folder = arguments.GetRequiredValue(_output).FullName;
        OutputFolder.CreateEmpty(folder);
        PhantomStudyWriter writer = new(new PhantomStudyOptions
        {
            Seed = arguments.GetValue(_seed),
            LesionCount = arguments.GetValue(_lesions),
            Contours = arguments.GetValue(_contours),
            Centre = string.Equals(arguments.GetValue(_centre), "B", StringComparison.OrdinalIgnoreCase) ? PhantomCentre.Second : PhantomCentre.First,
            Spacing = arguments.GetValue(_spacing) switch { [var all] => (all, all, all), [var i, var j, var k] => (i, j, k), _ => null },
            Tilt = arguments.GetValue(_oblique) switch { [var pitch, var roll] => (pitch, roll), _ => null },
            WithUnenhancedT1 = arguments.GetValue(_preContrast),
        });
        PhantomStudy study = await Console.TrackAsync("Making the phantom", progress => writer.WriteAsync(folder, progress, cancellationToken));

        TextTable table = new("ROI", "class", ">volume mm3", ">necrotic share");
        foreach (PhantomLesionRecord lesion in study.Truth.Lesions)
        {
            table.Add(lesion.Roi, lesion.Class.ToString(), lesion.VolumeMm3.ToString("F0", CultureInfo.InvariantCulture),
                lesion.NecroticShare.ToString("F2", CultureInfo.InvariantCulture));
        }

        table.Write(Console.Output);
        Console.Output.WriteLine($"{study.Files.Count} DICOM files of {study.Truth.PatientId} (synthetic) and truth.json in {study.Folder}");
        Console.Output.WriteLine($"StudyInstanceUID {study.Truth.StudyInstanceUid}");
        return ExitCode.Success;
    }

    private static void Require<T>(Option<T> option, Func<T, bool> isRight, string rule) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is { } value && !isRight(value))
            result.AddError($"{option.Name}: {rule}");
    });

    private static double[]? Numbers(ArgumentResult result, params int[] counts)
    {
        string text = result.Tokens.Single().Value;
        double[] numbers = new double[text.Split(',').Length];
        for (int n = 0; n < numbers.Length; n++)
        {
            if (!double.TryParse(text.Split(',')[n], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[n]))
                counts = [];
        }

        if (counts.Contains(numbers.Length))
            return numbers;
        result.AddError($"'{text}' is not a number or a list of numbers separated by commas as the help describes it.");
        return null;
    }
}
