using System.Globalization;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>Radiomic features of cases: one row per case, NaN where a feature does not exist.</summary>
internal sealed record RadiomicsTable(IReadOnlyList<string> Names, IReadOnlyList<double[]> Rows)
{
    /// <summary>Computes the features of every crop, or reads those that an earlier call has written.</summary>
    /// <param name="crops">The cases.</param>
    /// <param name="spacingMm">Spacing of the crops, mm.</param>
    /// <param name="settings">What is computed.</param>
    /// <param name="path">CSV that is written, or read where it is there with as many rows.</param>
    /// <param name="progress">Share done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static RadiomicsTable Compute(
        ISubVolumes crops, double spacingMm, RadiomicsSettings settings, string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            RadiomicsTable read = Read(path);
            if (read.Rows.Count == crops.Count)
                return read;
        }

        IReadOnlyList<RadiomicFeature>[] features = new IReadOnlyList<RadiomicFeature>[crops.Count];
        int done = 0;
        Parallel.For(0, crops.Count, new ParallelOptions { CancellationToken = cancellationToken }, n =>
        {
            features[n] = Extract(crops, n, spacingMm, settings);
            progress?.Report((double)Interlocked.Increment(ref done) / crops.Count);
        });
        string[] names = [.. features.SelectMany(f => f.Select(v => v.Name)).Distinct()];
        RadiomicsTable table = new(names, [.. features.Select(f =>
        {
            Dictionary<string, double> values = f.ToDictionary(v => v.Name, v => v.Value);
            return names.Select(name => values.GetValueOrDefault(name, double.NaN)).ToArray();
        })]);
        string unfinished = path + ".part";
        File.WriteAllLines(unfinished, [string.Join(',', names), .. table.Rows.Select(r => string.Join(',', r.Select(v => v.ToString("R", CultureInfo.InvariantCulture))))]);
        File.Move(unfinished, path, overwrite: true);
        return table;
    }

    private static IReadOnlyList<RadiomicFeature> Extract(ISubVolumes crops, int index, double spacingMm, RadiomicsSettings settings)
    {
        int edge = crops.Edge, voxels = edge * edge * edge;
        float[] image = new float[voxels], mask = new float[voxels];
        crops.Read(index, image, mask);
        if (!mask.AsSpan().ContainsAnyExcept(0f))
            throw new InvalidDataException($"{crops.Lesion(index).Replace('\t', ' ')}: the lesion is not inside its crop, so it has no radiomic features.");
        VolumeGeometry grid = VolumeGeometry.Axial(edge, edge, edge, spacingMm, PatientPoint.Origin);
        return RadiomicsExtractor.Extract(new Volume<float>(grid, image), new Volume<byte>(grid, [.. mask.Select(v => v > 0 ? (byte)1 : (byte)0)]), settings);
    }

    private static RadiomicsTable Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        return new RadiomicsTable(
            lines[0].Split(','), [.. lines.Skip(1).Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())]);
    }
}
