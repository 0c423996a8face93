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
/// in one run: from the folder of images and the RT Structure Set to mask files (NIfTI, not compressed), with and without the start of
/// plastimatch (its <c>--version</c>), and here also from contours in memory to masks in memory.
/// </summary>
internal static class MaskComparison
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> lesions = new("--lesions") { Description = "Number of lesions.", DefaultValueFactory = _ => 20 };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        RootCommand command = new("Makes masks of contours with dicomrn and plastimatch.") { lesions, rounds };
        command.SetAction((a, token) => CompareAsync(a.GetValue(lesions), a.GetValue(rounds), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(int lesions, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("dicomrn-masks-").FullName;
        try
        {
            await LesionStudy.WriteAsync(folder, lesions, cancellationToken);
            List<double> memory = [], files = [], whole = [], worked = [];
            for (int round = -1; round < rounds; round++)
            {
                (double inMemory, double fromFiles) = await OwnAsync(folder, cancellationToken);
                double start = await Plastimatch.RunAsync(["--version"], cancellationToken);
                double converted = await Plastimatch.RunAsync(
                    [
                        "convert", "--input", Path.Combine(folder, LesionStudy.Contours), "--referenced-ct", Path.Combine(folder, LesionStudy.Images),
                        "--output-prefix", Path.Combine(folder, "theirs"), "--prefix-format", "nii",
                    ],
                    cancellationToken);
                if (round < 0)
                    continue;
                memory.Add(inMemory);
                files.Add(fromFiles);
                whole.Add(converted);
                worked.Add(converted - start);
            }

            TextTable table = new("", ">seconds: min", ">median", ">max", ">ratio to dicomrn, files: min", ">median", ">max");
            Add(table, "dicomrn, contours to masks in memory", memory, files);
            Add(table, "dicomrn, files to mask files", files, files);
            Add(table, "plastimatch convert, less its start", worked, files);
            Add(table, "plastimatch convert", whole, files);
            table.Write(output);
            output.WriteLine(await DifferenceAsync(folder, cancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double InMemory, double Files)> OwnAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "ours"));
        long began = Stopwatch.GetTimestamp();
        VolumeGeometry grid = (await SeriesVolumeReader.ReadFilesAsync(
            Directory.EnumerateFiles(Path.Combine(folder, LesionStudy.Images)), cancellationToken)).Series.Geometry;
        RtStructureSet set = await RtStructureSet.ReadFileAsync(Path.Combine(folder, LesionStudy.Contours), cancellationToken);
        long read = Stopwatch.GetTimestamp();
        Volume<byte>[] masks = [.. set.Rois.Select(roi => ContourRasterizer.Rasterize(roi, grid).Mask)];
        double inMemory = Stopwatch.GetElapsedTime(read).TotalSeconds;
        for (int n = 0; n < masks.Length; n++)
            await NiftiFile.WriteAsync(Path.Combine(folder, "ours", set.Rois[n].Name + ".nii"), masks[n], cancellationToken);
        return (inMemory, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<string> DifferenceAsync(string folder, CancellationToken cancellationToken)
    {
        long voxels = 0, different = 0;
        int compared = 0;
        foreach (string own in Directory.EnumerateFiles(Path.Combine(folder, "ours")))
        {
            string theirs = Path.Combine(folder, "theirs", Path.GetFileName(own));
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

        return string.Create(CultureInfo.InvariantCulture, $"{compared} masks of {voxels} voxels in all; {different} voxels differ.");
    }

    private static void Add(TextTable table, string name, List<double> seconds, List<double> reference)
    {
        double[] sorted = [.. seconds.Order()], ratios = [.. seconds.Zip(reference, (s, r) => s / r).Order()];
        table.Add(name, Text(sorted[0]), Text(sorted[sorted.Length / 2]), Text(sorted[^1]), Text(ratios[0]), Text(ratios[ratios.Length / 2]), Text(ratios[^1]));
    }

    private static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
