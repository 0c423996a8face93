using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>What phantom to make. The same options give the same voxels.</summary>
public sealed record PhantomOptions
{
    /// <summary>Decides everything that is random; one seed is one patient. Training of the shipped pack uses seeds from
    /// 1,000,000 on; smaller ones are unseen by it.</summary>
    public required int Seed { get; init; }

    /// <summary>Whose scanner and whose share of necrosis.</summary>
    public PhantomCentre Centre { get; init; } = PhantomCentre.First;

    /// <summary>Number of lesions, 1 to 5.</summary>
    public int LesionCount { get; init; } = 2;

    /// <summary>The classes of the lesions in order; null draws them with the centre's share of necrosis.</summary>
    public IReadOnlyList<LesionClass>? Classes { get; init; }

    /// <summary>Which of the patient's scans: another one has its own noise, position and scanner settings of the day.</summary>
    public int Scan { get; init; }

    /// <summary>A factor on the radius of each lesion, in order, for serial scans; null for 1.</summary>
    public IReadOnlyList<double>? RadiusFactors { get; init; }

    /// <summary>
    /// The grid to scan on, in any orientation; null for the centre's own (180 × 220 × 186 mm around the head, slightly
    /// tilted). <see cref="PhantomHead.HeadCentre"/> is the head's place in patient space.
    /// </summary>
    public VolumeGeometry? Grid { get; init; }

    /// <summary>Whether to make the T1 before contrast of the same head, too.</summary>
    public bool WithUnenhancedT1 { get; init; }
}
