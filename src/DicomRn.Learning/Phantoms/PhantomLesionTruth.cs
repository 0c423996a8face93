using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>A lesion of a phantom and what is true of it.</summary>
public sealed record PhantomLesionTruth
{
    /// <summary>1 for the first lesion.</summary>
    public required int Number { get; init; }

    /// <summary>The class it was made as.</summary>
    public required LesionClass Class { get; init; }

    /// <summary>Share of its surface that looks as necrosis does, 0 to 1: the class shows in this alone.</summary>
    public required double NecroticShare { get; init; }

    /// <summary>Radius of the sphere it was shaped from, mm.</summary>
    public required double RadiusMm { get; init; }

    /// <summary>Mean position of the mask's voxels, LPS, mm.</summary>
    public required PatientPoint Centroid { get; init; }

    /// <summary>Volume of the mask, mm³.</summary>
    public required double VolumeMm3 { get; init; }

    /// <summary>What a reader would contour, on the image's grid.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>Where the look of a class can be seen, on the image's grid: 1 as necrosis, 2 as tumour, 0 elsewhere.</summary>
    public required Volume<byte> Signal { get; init; }
}
