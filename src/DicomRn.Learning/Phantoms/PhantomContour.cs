using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>What a reader would contour of a phantom's lesion.</summary>
/// <param name="Mask">1 in the lesion, on the grid that was asked for.</param>
/// <param name="Centroid">Mean position of the mask's voxels, LPS, mm; the lesion's own centre where there is none.</param>
/// <param name="VolumeMm3">Volume of the mask, mm³.</param>
internal sealed record PhantomContour(Volume<byte> Mask, PatientPoint Centroid, double VolumeMm3);
