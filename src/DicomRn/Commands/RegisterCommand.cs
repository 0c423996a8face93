using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DicomRn.CommandLine;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Rendering;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Commands;

/// <summary><c>dicomrn register</c>: rigid registration of two images of a head, MR or CT.</summary>
internal sealed class RegisterCommand : ProgramCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Option<string> _fixed = Image("--fixed", "The image that stays, such as the follow-up T1CE: a folder with a DICOM series (those below it are read, too) or one NIfTI file, or a NIfTI file. Other DICOM objects in the folder are left out.");

    private readonly Option<string> _moving = Image("--moving", "The image that is registered to it, such as the planning MR or CT.");

    private readonly Option<string?> _fixedSeries = Series("--fixed-series", "Series Instance UID of the image that stays, where its folder holds several series.");

    private readonly Option<string?> _movingSeries = Series("--moving-series", "The same of the moving image.");

    private readonly Option<int?> _fixedStack = StackOption.Create("--fixed-stack", "Which volume of that series to take where it holds several, as the message that refuses them counts.");

    private readonly Option<int?> _movingStack = StackOption.Create("--moving-stack", "The same of the moving image.");

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "A new or empty folder for registration.json, moving.nii.gz (on the grid of the fixed image, interpolated, in whole numbers where the moving image holds nothing else), checkerboard.png and, of two DICOM series, registration.dcm.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<bool> _dicom = new("--dicom")
    {
        Description = "Of two DICOM series, also write the moving image on the grid and in the frame of reference of the fixed one as a derived DICOM series (folder moving).",
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Decides the random positions: the same seed, the same result.", DefaultValueFactory = _ => 1 };

    private readonly Option<bool> _json = new("--json") { Description = "Write registration.json to stdout, too." };

    public RegisterCommand(CommandConsole console)
        : base(console, "register", "Registers two images of a head and says whether the result may be relied on.")
    {
        Add(_fixed);
        Add(_moving);
        Add(_fixedSeries);
        Add(_movingSeries);
        Add(_fixedStack);
        Add(_movingStack);
        Add(_output);
        Add(_dicom);
        Add(_seed);
        Add(_json);
        AddExample("register --fixed t1ce --moving planning-ct --output registered", "4×4 fixed → moving, quality, REG object and a checkerboard");
        AddExample("register --fixed t1ce --moving planning-ct --output registered --dicom", "and registered/moving, a DICOM series that any viewer shows over the fixed one");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        Task<RegistrationInput> fixedInput = RegistrationInput.ReadAsync(
            arguments.GetRequiredValue(_fixed), arguments.GetValue(_fixedSeries), arguments.GetValue(_fixedStack), _fixedSeries.Name, cancellationToken);
        Task<RegistrationInput> movingInput = RegistrationInput.ReadAsync(
            arguments.GetRequiredValue(_moving), arguments.GetValue(_movingSeries), arguments.GetValue(_movingStack), _movingSeries.Name, cancellationToken);
        await Task.WhenAll(fixedInput, movingInput);
        (RegistrationInput still, RegistrationInput moving) = (await fixedInput, await movingInput);
        string output = arguments.GetRequiredValue(_output).FullName;
        OutputFolder.CreateEmpty(output);
        RegistrationOptions options = new() { Seed = arguments.GetValue(_seed) };
        RegistrationResult result = await Console.TrackAsync("Registering", progress => Task.Run(
            () => RigidRegistration.Register(still.Volume, moving.Volume, options, progress, cancellationToken), cancellationToken));

        Volume<float> carried = RegisteredImage.OnGrid(moving.Volume, still.Volume.Geometry, result.FixedToMoving);
        await Task.WhenAll(
            WriteImageAsync(Path.Combine(output, "moving.nii.gz"), carried, moving.Volume, cancellationToken),
            Task.Run(() => File.WriteAllBytes(Path.Combine(output, "checkerboard.png"), Checkerboard.Render(still.Volume, carried).ToPng()), cancellationToken));
        List<string> files = ["registration.json", "moving.nii.gz", "checkerboard.png"];
        List<string> notes = [.. new[] { still.LeftOut, moving.LeftOut }.Where(n => n.Length > 0)];
        if (RegistrationFile.WhyNot(still, moving) is { } why)
        {
            notes.Add(why);
        }
        else
        {
            await RegistrationFile.Of(still.Series!, moving.Series!, result).SaveAsync(Path.Combine(output, "registration.dcm"));
            files.Add("registration.dcm");
        }

        if (arguments.GetValue(_dicom))
        {
            if (ResampledSeries.WhyNot(still, moving) is { } reason)
            {
                notes.Add(reason);
            }
            else
            {
                await ResampledSeries.Of(still.Series!, moving.Series!, result).WriteAsync(Path.Combine(output, "moving"), cancellationToken);
                files.Add("moving");
            }
        }

        RegistrationReport report = Report(still, moving, result, options, files, notes);
        string text = JsonSerializer.Serialize(report, Json);
        await File.WriteAllTextAsync(Path.Combine(output, "registration.json"), text + "\n", cancellationToken);
        if (arguments.GetValue(_json))
            await Console.Output.WriteLineAsync(text);
        else
            Write(report);
        return result.Accepted
            ? ExitCode.Success
            : throw new JobFailedException($"{moving.Path}: its registration to {still.Path} is refused: {string.Join("; ", result.Refusals)}. The files in {output} are marked as refused.");
    }

    /// <summary>Writes the image that was carried over, in whole numbers where its source holds nothing else.</summary>
    private static Task WriteImageAsync(string path, Volume<float> carried, Volume<float> source, CancellationToken cancellationToken) =>
        Array.TrueForAll(source.Voxels, v => v == (short)v)
            ? NiftiFile.WriteAsync(path, new Volume<short>(carried.Geometry, Array.ConvertAll(carried.Voxels, v => (short)MathF.Round(v))), cancellationToken)
            : NiftiFile.WriteAsync(path, carried, cancellationToken);

    private static RegistrationReport Report(
        RegistrationInput still, RegistrationInput moving, RegistrationResult result, RegistrationOptions options, List<string> files, List<string> notes) => new()
        {
            FixedToMoving = [.. result.FixedToMoving.ToMatrix().Chunk(4)],
            Accepted = result.Accepted,
            Refusals = result.Refusals,
            RotationDegrees = result.FixedToMoving.Angle,
            Quality = result.Quality,
            Gates = options.Gates,
            Fixed = new RegisteredInput(still.Path, still.Series?.Series.SeriesInstanceUid, still.Series?.Series.FrameOfReferenceUid),
            Moving = new RegisteredInput(moving.Path, moving.Series?.Series.SeriesInstanceUid, moving.Series?.Series.FrameOfReferenceUid),
            Files = files,
            Notes = notes,
        };

    private void Write(RegistrationReport report)
    {
        RegistrationQuality q = report.Quality;
        TextTable table = new("Measure", ">Value", "Limit");
        table.Add("mutual information", Text(q.Information), "≥ " + Text(report.Gates.MinimumInformation));
        table.Add("overlap", Text(q.Overlap), "≥ " + Text(report.Gates.MinimumOverlap));
        table.Add("both directions disagree by, mm", Text(q.InverseConsistencyMm), "≤ " + Text(report.Gates.MaximumInverseConsistencyMm));
        table.Add("restarts disagree by, mm", Text(q.RestartSpreadMm), "≤ " + Text(report.Gates.MaximumRestartSpreadMm));
        table.Add("parts of the head lie off by, mm", Text(q.LocalShiftMm), "≤ " + Text(report.Gates.MaximumLocalShiftMm));
        table.Add("mirrored, share of the information", Text(q.MirroredShare), "≤ " + Text(report.Gates.MaximumMirroredShare));
        table.Write(Console.Output);
        Console.Output.WriteLine(report.Accepted ? "Accepted." : "Refused.");
        foreach (string note in report.Notes)
            Console.Error.WriteLine(note);
    }

    private static Option<string?> Series(string name, string description) => new(name) { Description = description, HelpName = "UID" };

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static Option<string> Image(string name, string description) => new(name) { Description = description, HelpName = "DIR", Required = true };
}
