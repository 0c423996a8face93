using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Training;

namespace DicomRn.Learning.Finetuning;

/// <summary>Labelled lesions with their crops: development cases and those of the tests.</summary>
internal sealed class LesionCases
{
    public LesionCases(ISubVolumes crops, IReadOnlyList<CohortEntry> entries, double voxelVolumeMm3)
    {
        if (crops.Count != entries.Count)
            throw new ArgumentException($"{crops.Count} crops for {entries.Count} lesions.", nameof(entries));
        (Crops, Entries) = (crops, entries);
        Progression = [.. entries.Select(e => e.Label == LesionClass.Progression)];
        VolumesMm3 = [.. entries.Select((e, n) => e.Clinical.LesionVolumeMm3 ?? Measure(n, voxelVolumeMm3))];
    }

    private LesionCases(LesionCases cases, IReadOnlyList<CohortEntry> entries) =>
        (Crops, Entries, Progression, VolumesMm3) = (cases.Crops, entries, cases.Progression, cases.VolumesMm3);

    public ISubVolumes Crops { get; }

    public IReadOnlyList<CohortEntry> Entries { get; }

    public IReadOnlyList<bool> Progression { get; }

    /// <summary>As stated, else that of the mask in the crop.</summary>
    public IReadOnlyList<double> VolumesMm3 { get; }

    /// <summary>The cases of a split.</summary>
    public int[] Of(CohortSplit split) => [.. Enumerable.Range(0, Entries.Count).Where(n => Entries[n].Split == split)];

    /// <summary>The same cases, split otherwise.</summary>
    /// <param name="entries">Those of here, in the same order, with other splits.</param>
    public LesionCases Split(IReadOnlyList<CohortEntry> entries) => entries.Count == Entries.Count
        ? new LesionCases(this, entries)
        : throw new ArgumentException($"{entries.Count} entries for {Entries.Count} lesions.", nameof(entries));

    private double Measure(int index, double voxelVolumeMm3)
    {
        int voxels = Crops.Edge * Crops.Edge * Crops.Edge;
        float[] image = new float[voxels], mask = new float[voxels];
        Crops.Read(index, image, mask);
        return mask.Count(v => v > 0) * voxelVolumeMm3;
    }
}
