using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Radiomics.Preparation;

namespace DicomRn.Learning.Radiomics.Shape;

/// <summary>The surface halfway between the voxel centres inside and outside a mask, by marching cubes (IBSI 3.1).</summary>
internal sealed class SurfaceMesh
{
    private SurfaceMesh(double area, double volume, IReadOnlyCollection<MeshVertex> vertices) =>
        (Area, Volume, Vertices) = (area, volume, vertices);

    /// <summary>mm².</summary>
    public double Area { get; }

    /// <summary>mm³.</summary>
    public double Volume { get; }

    /// <summary>Each vertex once; relative to a voxel before the mask's box.</summary>
    public IReadOnlyCollection<MeshVertex> Vertices { get; }

    public static SurfaceMesh Of(Volume<byte> mask, VoxelBox box)
    {
        VolumeGeometry grid = mask.Geometry;
        int columns = box.Columns + 2, rows = box.Rows + 2, slices = box.Slices + 2, plane = columns * rows;
        byte[] padded = new byte[plane * slices];
        for (int k = 0; k < box.Slices; k++)
        {
            for (int j = 0; j < box.Rows; j++)
            {
                ReadOnlySpan<byte> row = mask.Slice(box.K + k).Slice((box.J + j) * grid.Columns + box.I, box.Columns);
                Span<byte> to = padded.AsSpan((k + 1) * plane + (j + 1) * columns + 1, box.Columns);
                for (int i = 0; i < row.Length; i++)
                    to[i] = row[i] != 0 ? (byte)1 : (byte)0;
            }
        }

        Sums sums = new(grid.SpacingI / 2, grid.SpacingJ / 2, grid.SpacingK / 2);
        for (int k = 0; k < slices - 1; k++)
        {
            for (int j = 0; j < rows - 1; j++)
            {
                ReadOnlySpan<byte> a = padded.AsSpan(k * plane + j * columns, columns), b = padded.AsSpan(k * plane + (j + 1) * columns, columns);
                ReadOnlySpan<byte> c = padded.AsSpan((k + 1) * plane + j * columns, columns);
                ReadOnlySpan<byte> d = padded.AsSpan((k + 1) * plane + (j + 1) * columns, columns);
                int left = a[0] | b[0] << 2 | c[0] << 4 | d[0] << 6;
                for (int i = 0; i < columns - 1; i++)
                {
                    int right = a[i + 1] | b[i + 1] << 2 | c[i + 1] << 4 | d[i + 1] << 6;
                    int pattern = left | right << 1;
                    left = right;
                    if (pattern is not (0 or 255))
                        sums.Add(MarchingCubes.Triangles[pattern], 2 * i, 2 * j, 2 * k);
                }
            }
        }

        return new SurfaceMesh(sums.Area, Math.Abs(sums.Volume) / 6, sums.Vertices);
    }

    private sealed class Sums(double si, double sj, double sk)
    {
        public double Area { get; private set; }

        public double Volume { get; private set; }

        public HashSet<MeshVertex> Vertices { get; } = [];

        public void Add(CubeVertex[] triangles, int i, int j, int k)
        {
            foreach (CubeVertex v in triangles)
                Vertices.Add(new MeshVertex(i + v.X, j + v.Y, k + v.Z));
            for (int n = 0; n < triangles.Length; n += 3)
            {
                PatientVector a = At(triangles[n]), b = At(triangles[n + 1]), c = At(triangles[n + 2]);
                Volume += a.Cross(b).Dot(c);
                Area += (b - a).Cross(c - a).Length / 2;
            }

            PatientVector At(CubeVertex v) => new((i + v.X) * si, (j + v.Y) * sj, (k + v.Z) * sk);
        }
    }
}
