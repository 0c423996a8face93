using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DicomRn.Benchmarks.SideBySide;
using DicomRn.CommandLine;
using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Benchmarks.Masks;

/// <summary>
/// <c>side-by-side masks</c>: the contours of 20 lesions on 512 × 512 × 120 to one mask each, here and by <c>plastimatch convert</c>, alternately
/// in one run, on the same files. Program against program: from the start of <c>dicomrn contours</c> and of <c>plastimatch convert</c> to their ends,
/// both writing .nii.gz. Library against program: here from files to .nii, in this process, beside plastimatch writing .nii with and without
/// its start (its <c>--version</c>); and here alone from contours in memory to masks in memory.
/// </summary>
internal static class MaskComparison
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> lesions = new("--lesions") { Description = "Number of lesions.", DefaultValueFactory = _ => 20 };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        Option<FileInfo?> program = new("--program") { Description = "A published dicomrn; without it no program is compared with plastimatch." };
        RootCommand command = new("Makes masks of contours with dicomrn and plastimatch.") { lesions, rounds, program };
        command.SetAction((a, token) => CompareAsync(a.GetValue(lesions), a.GetValue(rounds), a.GetValue(program), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(int lesions, int rounds, FileInfo? program, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("dicomrn-masks-").FullName;
        try
        {
            await LesionStudy.WriteAsync(folder, lesions, cancellationToken);
            List<double> memory = [], files = [], own = [], ownStart = [], whole = [], worked = [], packed = [];
            for (int round = -1; round < rounds; round++)
            {
                (double inMemory, double fromFiles) = await OwnAsync(folder, cancellationToken);
                double start = await Plastimatch.RunAsync(["--version"], cancellationToken);
                double converted = await ConvertAsync(folder, "theirs", "nii", cancellationToken);
                double started = program is null ? 0 : await TimedProgram.RunAsync(program.FullName, ["contours", "--help"], cancellationToken);
                double commanded = program is null ? 0 : await TimedProgram.RunAsync(
                    program.FullName,
                    [
                        "contours", Path.Combine(folder, LesionStudy.Contours), "--image", Path.Combine(folder, LesionStudy.Images),
                        "--output", Path.Combine(folder, "packed"),
                    ],
                    cancellationToken);
                double compressed = await ConvertAsync(folder, "theirs-packed", "nii.gz", cancellationToken);
                if (round < 0)
                    continue;
                memory.Add(inMemory);
                files.Add(fromFiles);
                whole.Add(converted);
                worked.Add(converted - start);
                own.Add(commanded);
                ownStart.Add(started);
                packed.Add(compressed);
            }

            TextTable library = new("in this process", ">seconds: min", ">median", ">max", ">ratio to files to .nii: min", ">median", ">max");
            Add(library, "dicomrn, contours to masks in memory", memory, files);
            Add(library, "dicomrn, files to .nii", files, files);
            Add(library, "plastimatch convert to .nii, less its start", worked, files);
            Add(library, "plastimatch convert to .nii", whole, files);
            library.Write(output);
            if (program is not null)
            {
                TextTable programs = new("program", ">seconds: min", ">median", ">max", ">ratio to dicomrn contours: min", ">median", ">max");
                Add(programs, "dicomrn contours --help", ownStart, own);
                Add(programs, "dicomrn contours, .nii.gz", own, own);
                Add(programs, "plastimatch convert, .nii.gz", packed, own);
                Add(programs, "plastimatch convert, .nii", whole, own);
                programs.Write(output);
                output.WriteLine(await DifferenceAsync(folder, "packed", "theirs-packed", cancellationToken));
            }

            output.WriteLine(await DifferenceAsync(folder, "ours", "theirs", cancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<double> ConvertAsync(string folder, string target, string format, CancellationToken cancellationToken) => Plastimatch.RunAsync(
        [
            "convert", "--input", Path.Combine(folder, LesionStudy.Contours), "--referenced-ct", Path.Combine(folder, LesionStudy.Images),
            "--output-prefix", Path.Combine(folder, target), "--prefix-format", format,
        ],
        cancellationToken);

    private static async Task<(double InMemory, double Files)> OwnAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "ours"));
        long began = Stopwatch.GetTimestamp();
        string[] images = Directory.GetFiles(Path.Combine(folder, LesionStudy.Images));
        (DicomDataset, string?)[] headers = new (DicomDataset, string?)[images.Length];
        Parallel.For(0, images.Length, n => headers[n] = (DicomFile.Open(images[n], FileReadOption.ReadLargeOnDemand).Dataset, images[n]));
        VolumeGeometry grid = SeriesVolumeReader.ReadGrid(headers, null).Series.Geometry;
        RtStructureSet set = await RtStructureSet.ReadFileAsync(Path.Combine(folder, LesionStudy.Contours), cancellationToken);
        long read = Stopwatch.GetTimestamp();
        RasterizedRoi[] masks = new RasterizedRoi[set.Rois.Count];
        Parallel.For(0, masks.Length, n => masks[n] = ContourRasterizer.Rasterize(set.Rois[n], grid));
        double inMemory = Stopwatch.GetElapsedTime(read).TotalSeconds;
        await Parallel.ForEachAsync(Enumerable.Range(0, masks.Length), cancellationToken, async (n, token) =>
            await NiftiFile.WriteAsync(Path.Combine(folder, "ours", set.Rois[n].Name + ".nii"), masks[n].Mask, masks[n].Slices, token));
        return (inMemory, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<string> DifferenceAsync(string folder, string ours, string plastimatch, CancellationToken cancellationToken)
    {
        long voxels = 0, different = 0;
        int compared = 0;
        foreach (string own in Directory.EnumerateFiles(Path.Combine(folder, ours)))
        {
            string theirs = Path.Combine(folder, plastimatch, Path.GetFileName(own));
            if (!File.Exists(theirs))
                continue;
            Volume<byte> a = await NiftiFile.ReadMaskAsync(own, cancellationToken), b = await NiftiFile.ReadMaskAsync(theirs, cancellationToken);
            if (!a.Geometry.Coincides(b.Geometry, 0.01))
                return $"plastimatch's masks lie on another grid: {b.Geometry}";
            for (int n = 0; n < a.Voxels.Length; n++)
            {
                voxels += a.Voxels[n];
                different += a.Voxels[n] != b.Voxels[n] ? 1 : 0;
            }

            compared++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{ours}: {compared} masks of {voxels} voxels in all; {different} voxels differ.");
    }

    private static void Add(TextTable table, string name, List<double> seconds, List<double> reference)
    {
        double[] sorted = [.. seconds.Order()], ratios = [.. seconds.Zip(reference, (s, r) => s / r).Order()];
        table.Add(name, Text(sorted[0]), Text(sorted[sorted.Length / 2]), Text(sorted[^1]), Text(ratios[0]), Text(ratios[ratios.Length / 2]), Text(ratios[^1]));
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
