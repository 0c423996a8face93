using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DicomRn.Imaging.Geometry;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Training;

/// <summary>The crops of a cohort's scans, prepared once per run folder as the node prepares them (<see cref="LesionPreprocessor"/>).</summary>
internal sealed class CohortCrops : ISubVolumes, IDisposable
{
    private readonly CropFile _file;

    private CohortCrops(IReadOnlyList<CohortEntry> entries, CropFile file, int edge, string fingerprint)
    {
        (Entries, _file, Edge, Fingerprint) = (entries, file, edge, fingerprint);
    }

    public IReadOnlyList<CohortEntry> Entries { get; }

    public int Count => Entries.Count;

    public int Edge { get; }

    /// <summary>What the crops follow from: files, when they were written, and preprocessing.</summary>
    public string Fingerprint { get; }

    public string Patient(int index) => Entries[index].Patient;

    public string Lesion(int index) => $"{Entries[index].Patient}\t{Entries[index].Lesion}";

    public void Read(int index, Span<float> image, Span<float> mask) => _file.Read(index, image, mask);

    public void Dispose() => _file.Dispose();

    /// <summary>Prepares crops, or takes those that an earlier call with the same scans and settings has prepared.</summary>
    /// <param name="entries">The scans; one without a lesion gives the crop around its centre, with an empty mask.</param>
    /// <param name="settings">How images become crops.</param>
    /// <param name="folder">Where <c>crops.bin</c> goes.</param>
    /// <param name="progress">Share done, 0 to 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CohortException">A scan cannot be prepared.</exception>
    public static async Task<CohortCrops> PrepareAsync(
        IReadOnlyList<CohortEntry> entries, PreprocessingSettings settings, string folder, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "crops.bin"), mark = Path.Combine(folder, "crops.sha256"), unfinished = path + ".part";
        string wanted = FingerprintOf(entries, settings);
        if (!File.Exists(path) || !File.Exists(mark) || await File.ReadAllTextAsync(mark, cancellationToken) != wanted)
        {
            File.Delete(mark);
            int done = 0;
            using (CropFile file = CropFile.Create(unfinished, settings.CropVoxels))
            {
                await Parallel.ForAsync(0, entries.Count, cancellationToken, async (n, stop) =>
                {
                    LesionCrop crop = await CropAsync(entries[n], settings, stop);
                    file.Write(n, crop.Image, crop.Mask);
                    progress?.Report((double)Interlocked.Increment(ref done) / entries.Count);
                });
            }

            File.Move(unfinished, path, overwrite: true);
            await File.WriteAllTextAsync(mark, wanted, cancellationToken);
        }

        return new CohortCrops(entries, CropFile.Open(path, settings.CropVoxels), settings.CropVoxels, wanted);
    }

    /// <summary>A row's crop, as the node prepares it; around the centre of the image where no lesion is marked.</summary>
    internal static async Task<LesionCrop> CropAsync(CohortEntry entry, PreprocessingSettings settings, CancellationToken cancellationToken)
    {
        CohortScan scan = await CohortScan.ReadAsync(entry, settings, cancellationToken);
        if (scan.LesionMask is not null)
            return scan.LesionCrop(settings);
        VolumeGeometry g = scan.Image.Geometry;
        return scan.CropAt(g.ToPatient(new VoxelPoint((g.Columns - 1) / 2.0, (g.Rows - 1) / 2.0, (g.Slices - 1) / 2.0)), settings);
    }

    /// <summary>What the crops follow from: the files, when they were last written, and the settings.</summary>
    private static string FingerprintOf(IReadOnlyList<CohortEntry> entries, PreprocessingSettings settings)
    {
        StringBuilder text = new(JsonSerializer.Serialize(settings));
        foreach (CohortEntry e in entries)
            text.Append($"\n{e.Image}\t{Written(e.Image)}\t{e.Mask}\t{Written(e.Mask)}\t{e.BrainMedian:R}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static long Written(string? path) => path is null ? 0 : File.GetLastWriteTimeUtc(path).Ticks;
}
