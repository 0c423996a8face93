using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Tests.Radiomics;

/// <summary>The digital phantom of the IBSI reference manual, 5.1: 5 × 4 × 4 voxels of 2 mm.</summary>
internal static class DigitalPhantom
{
    private const string Intensities =
        "14411146114164144641144111161111311446111441111111119111161114411111111111111611";

    private const string Inside =
        "11111111111111111111111111111101111111111110011111110111111111100111111111111111";

    public static Volume<float> Image => new(Grid, [.. Intensities.Select(c => (float)(c - '0'))]);

    public static Volume<byte> Mask => new(Grid, [.. Inside.Select(c => (byte)(c - '0'))]);

    private static VolumeGeometry Grid => VolumeGeometry.Axial(5, 4, 4, 2, PatientPoint.Origin);
}
