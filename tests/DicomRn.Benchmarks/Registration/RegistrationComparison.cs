using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DicomRn.Benchmarks.SideBySide;
using DicomRn.CommandLine;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Benchmarks.Registration;

/// <summary>
/// <c>side-by-side register</c>: phantom heads in known positions (±30 mm and ±20° about every axis) as MR, CT, a slab, and defaced between
/// fiducials, registered here and by plastimatch: target registration error, what the gates did, and the time from file to transform, here in this process and, with
/// <c>--program</c>, of the command with its start.
/// </summary>
internal static class RegistrationComparison
{
    private const double Wrong = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> seeds = new("--heads") { Description = "Heads per kind of planning image.", DefaultValueFactory = _ => 4 };
        Option<int> first = new("--first") { Description = "Seed of the first head.", DefaultValueFactory = _ => 1 };
        Option<PlanningKind?> kind = new("--kind") { Description = "One kind only." };
        Option<bool> other = new("--other-patient") { Description = "Planning images of other heads: what the gates let through." };
        Option<bool> alone = new("--alone") { Description = "Without plastimatch." };
        Option<FileInfo?> program = new("--program") { Description = "A published dicomrn: its command register on the same files, too." };
        RootCommand command = new("Registers phantom heads with dicomrn and plastimatch.") { seeds, first, kind, other, alone, program };
        command.SetAction((a, token) => CompareAsync(
            a.GetValue(first), a.GetValue(seeds), a.GetValue(kind), a.GetValue(other), a.GetValue(alone), a.GetValue(program), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(
        int first, int heads, PlanningKind? only, bool other, bool alone, FileInfo? program, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("dicomrn-register-").FullName;
        TextTable table = new("planning image", "program", ">pairs", ">TRE mm: median", ">95 %", ">max", ">seconds", ">accepted", ">wrong", ">wrong accepted");
        List<Outcome> own = [], commanded = [], theirs = [], theirsWithImage = [];
        try
        {
            foreach (PlanningKind kind in Enum.GetValues<PlanningKind>().Where(k => only is null || k == only))
            {
                int before = own.Count, beforeCommanded = commanded.Count, beforeTheirs = theirs.Count;
                for (int seed = first; seed < first + heads; seed++)
                {
                    PhantomPair pair = PhantomPair.Make(seed, kind, other);
                    string fixedFile = Path.Combine(folder, "fixed.nii"), movingFile = Path.Combine(folder, "moving.nii");
                    await NiftiFile.WriteAsync(fixedFile, pair.Fixed, cancellationToken);
                    await NiftiFile.WriteAsync(movingFile, pair.Moving, cancellationToken);
                    own.Add(await OwnAsync(pair, fixedFile, movingFile, cancellationToken));
                    if (program is not null)
                    {
                        commanded.Add(await CommandAsync(program.FullName, pair, fixedFile, movingFile, folder, cancellationToken));
                        (RigidTransform with, double both) = await PlastimatchRegistration.RunAsync(fixedFile, movingFile, folder, cancellationToken, withImage: true);
                        theirsWithImage.Add(new Outcome(pair.Error(with), both, null));
                    }

                    if (alone)
                        continue;
                    (RigidTransform found, double seconds) = await PlastimatchRegistration.RunAsync(fixedFile, movingFile, folder, cancellationToken);
                    theirs.Add(new Outcome(pair.Error(found), seconds, null));
                }

                Add(table, kind.ToString(), "dicomrn", own[before..]);
                Add(table, kind.ToString(), "dicomrn register", commanded[beforeCommanded..]);
                Add(table, kind.ToString(), "plastimatch", theirs[beforeTheirs..]);
            }

            Add(table, "all", "dicomrn", own);
            Add(table, "all", "dicomrn register", commanded);
            Add(table, "all", "plastimatch", theirs);
            Add(table, "all", "plastimatch, with image", theirsWithImage);
            table.Write(output);
            TimeLargeVolumes(PhantomPair.Make(first, PlanningKind.EnhancedT1), output, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Outcome> OwnAsync(PhantomPair pair, string fixedFile, string movingFile, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        Volume<float> still = await NiftiFile.ReadImageAsync(fixedFile, cancellationToken);
        Volume<float> moving = await NiftiFile.ReadImageAsync(movingFile, cancellationToken);
        RegistrationResult result = RigidRegistration.Register(still, moving, cancellationToken: cancellationToken);
        return new Outcome(pair.Error(result.FixedToMoving), Stopwatch.GetElapsedTime(began).TotalSeconds, result.Accepted);
    }

    // It also writes the moving image on the fixed grid, as plastimatch is asked to beside it, and a checkerboard.
    private static async Task<Outcome> CommandAsync(
        string program, PhantomPair pair, string fixedFile, string movingFile, string folder, CancellationToken cancellationToken)
    {
        string output = Path.Combine(folder, "registered");
        double seconds = await TimedProgram.RunAsync(
            program, ["register", "--fixed", fixedFile, "--moving", movingFile, "--output", output], cancellationToken);
        string written = Path.Combine(output, "registration.json");
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(written, cancellationToken));
        double[] matrix = [.. json.RootElement.GetProperty("fixedToMoving").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(v => v.GetDouble())];
        Directory.Delete(output, recursive: true);
        return new Outcome(pair.Error(RigidTransform.FromMatrix(matrix)), seconds, null);
    }

    // Two volumes of 256³ voxels of 0.8 mm, in memory.
    private static void TimeLargeVolumes(PhantomPair pair, TextWriter output, CancellationToken cancellationToken)
    {
        Volume<float> still = Large(pair.Fixed), moving = Large(pair.Moving);
        long began = Stopwatch.GetTimestamp();
        RegistrationResult result = RigidRegistration.Register(still, moving, cancellationToken: cancellationToken);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Two volumes of 256³ voxels: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s on {Environment.ProcessorCount} cores, TRE {pair.Error(result.FixedToMoving):0.000} mm, {(result.Accepted ? "accepted" : "refused")}."));

        static Volume<float> Large(Volume<float> image)
        {
            VolumeGeometry grid = VolumeGeometry.Axial(256, 256, 256, 0.8, PatientPoint.Origin);
            return VolumeResampler.Linear(image, grid with { Origin = grid.Origin + (image.Geometry.Center - grid.Center) });
        }
    }

    private static void Add(TextTable table, string kind, string program, List<Outcome> outcomes)
    {
        if (outcomes.Count == 0)
            return;
        double[] errors = [.. outcomes.Select(o => o.Error).Order()], seconds = [.. outcomes.Select(o => o.Seconds).Order()];
        bool gated = outcomes[0].Accepted is not null;
        table.Add(
            kind, program, Text(outcomes.Count, "0"), Text(Quantile(errors, 0.5), "0.000"), Text(Quantile(errors, 0.95), "0.000"), Text(errors[^1], "0.000"),
            Text(Quantile(seconds, 0.5), "0.00"), gated ? Text(outcomes.Count(o => o.Accepted == true), "0") : "",
            Text(outcomes.Count(o => o.Error > Wrong), "0"), gated ? Text(outcomes.Count(o => o.Error > Wrong && o.Accepted == true), "0") : "");
    }

    private static double Quantile(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Outcome(double Error, double Seconds, bool? Accepted);
}
