using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Cohorts.Import;

/// <summary>A lesion of a scan's segmentation.</summary>
/// <param name="Name">The lesion, the same on all scans where the data set tells, else unique.</param>
/// <param name="Mask">1 inside.</param>
/// <param name="VolumeMm3">Volume, mm³.</param>
internal sealed record MarkedLesion(string Name, Volume<byte> Mask, double VolumeMm3)
{
    public static MarkedLesion Of(string name, Volume<byte> mask) =>
        new(name, mask, mask.Voxels.Count(v => v != 0) * mask.Geometry.VoxelVolume);
}
