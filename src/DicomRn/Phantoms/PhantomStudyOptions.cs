using System.Globalization;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Phantoms;

/// <summary>Which phantom study to write. The same options give the same files.</summary>
internal sealed record PhantomStudyOptions
{
    /// <summary>The phantom patient.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of lesions, 1 to 5.</summary>
    public int LesionCount { get; init; } = 2;

    /// <summary>Which contour objects the study holds.</summary>
    public PhantomContours Contours { get; init; } = PhantomContours.RtStruct;

    /// <summary>Whose scanner.</summary>
    public PhantomCentre Centre { get; init; } = PhantomCentre.First;

    /// <summary>Distances of voxel centres along rows, along columns and between slices, mm; null for the scanner's own grid.</summary>
    public (double I, double J, double K)? Spacing { get; init; }

    /// <summary>Tilt of the stack about the left–right and the anterior–posterior axis, degrees; null for the scanner's own.</summary>
    public (double Pitch, double Roll)? Tilt { get; init; }

    /// <summary>Whether the T1 before contrast is a series of the study, too.</summary>
    public bool WithUnenhancedT1 { get; init; }

    /// <summary>All that changes voxels or contours, for the UIDs.</summary>
    public string Identity => string.Create(
        CultureInfo.InvariantCulture, $"{Seed}/{LesionCount}/{Centre}/{Spacing}/{Tilt}");

    /// <summary>What to generate.</summary>
    public PhantomOptions ToPhantomOptions() => new()
    {
        Seed = Seed,
        Centre = Centre,
        LesionCount = LesionCount,
        WithUnenhancedT1 = WithUnenhancedT1,
        Grid = Spacing is null && Tilt is null ? null : PhantomGrid.Around(Seed, Spacing ?? OwnSpacing, Tilt ?? default),
    };

    private (double I, double J, double K) OwnSpacing => Centre == PhantomCentre.First ? (1, 1, 1) : (0.9, 0.9, 1.5);
}
