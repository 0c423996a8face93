using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Cohorts;

/// <summary>A made-up data set on disk: images of 8³ voxels of 2 mm and segmentations with cubes of given values.</summary>
internal sealed class DatasetTree : IDisposable
{
    private static readonly VolumeGeometry Grid = VolumeGeometry.Axial(8, 8, 8, 2, PatientPoint.Origin);

    private readonly TemporaryFolder _folder = new();

    public string Source => _folder["source"];

    public string this[params string[] parts] => _folder[parts];

    public void Dispose() => _folder.Dispose();

    public Task ImageAsync(string path) => WriteAsync(path, new Volume<byte>(Grid, [.. Enumerable.Range(0, 512).Select(n => (byte)(n % 200))]));

    /// <summary>Each lesion is a cube of 2³ voxels; the n-th lies apart from the others along the diagonal.</summary>
    public Task SegmentationAsync(string path, params int[] values)
    {
        Volume<byte> labels = new(Grid);
        for (int n = 0; n < values.Length; n++)
        {
            (int i0, int j0, int k0) = ((n & 1) * 4, (n >> 1 & 1) * 4, (n >> 2) * 4);
            for (int v = 0; v < 8; v++)
                labels[i0 + (v & 1), j0 + (v >> 1 & 1), k0 + (v >> 2)] = (byte)values[n];
        }

        return WriteAsync(path, labels);
    }

    private Task WriteAsync(string path, Volume<byte> volume)
    {
        string full = Path.Combine([Source, .. path.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return NiftiFile.WriteAsync(full, volume, TestContext.Current.CancellationToken);
    }
}
