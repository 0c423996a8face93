using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Preprocessing;

/// <summary>The input of a model for one lesion.</summary>
/// <param name="Grid">The crop's grid: axial, isotropic, centred on the lesion. Attention maps lie on it, too.</param>
/// <param name="Image">Normalised T1CE, I fastest, then J, then K.</param>
/// <param name="Mask">1 inside the lesion, 0 outside, in the same order.</param>
/// <param name="Covered">Share of the lesion's volume inside the crop, 0 to 1.</param>
/// <param name="VolumeMm3">Volume of the lesion on its own grid, mm³.</param>
public sealed record LesionCrop(VolumeGeometry Grid, float[] Image, byte[] Mask, double Covered, double VolumeMm3);
