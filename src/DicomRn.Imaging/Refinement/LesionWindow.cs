using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Refinement;

/// <summary>The surroundings of one planning mask: image, distances and what belongs to whom.</summary>
internal sealed class LesionWindow
{
    private readonly VolumeGeometry _whole;
    private readonly int _i;
    private readonly int _j;
    private readonly int _k;

    /// <summary>Cuts it out.</summary>
    /// <param name="image">The image.</param>
    /// <param name="planning">All planning masks on its grid, 1 inside; the one of the window is not empty.</param>
    /// <param name="number">Which one the window is for.</param>
    /// <param name="head">The head in the image.</param>
    /// <param name="margin">What belongs to the window around the mask, mm.</param>
    public LesionWindow(Volume<float> image, IReadOnlyList<Volume<byte>> planning, int number, HeadRegion head, double margin)
    {
        _whole = image.Geometry;
        (int[] low, int[] high) = Box(planning[number], margin);
        (_i, _j, _k) = (low[0], low[1], low[2]);
        Grid = _whole with
        {
            Columns = high[0] - low[0] + 1,
            Rows = high[1] - low[1] + 1,
            Slices = high[2] - low[2] + 1,
            Origin = _whole.ToPatient(new VoxelPoint(_i, _j, _k)),
        };
        Image = ImageSmoothing.Apply(Cut(image));
        Planning = Cut(planning[number]);
        ToPlanning = DistanceMap.Signed(Planning);
        Territory = new Volume<byte>(Grid);
        Territory.Voxels.AsSpan().Fill(1);
        ToOthers = new float[Planning.Voxels.Length];
        ToOthers.AsSpan().Fill(float.PositiveInfinity);
        for (int other = 0; other < planning.Count; other++)
        {
            if (other != number)
                Share(Cut(planning[other]), other < number);
        }

        Brain = new Volume<byte>(Grid);
        for (int n = 0; n < Brain.Voxels.Length; n++)
            Brain.Voxels[n] = head.IsDeep(At(n) - head.Center) ? (byte)1 : (byte)0;
    }

    /// <summary>Its grid, a part of that of the image.</summary>
    public VolumeGeometry Grid { get; }

    /// <summary>The image, with less noise.</summary>
    public Volume<float> Image { get; }

    /// <summary>The planning mask.</summary>
    public Volume<byte> Planning { get; }

    /// <summary>Distance to the planning contour, mm; negative inside.</summary>
    public float[] ToPlanning { get; }

    /// <summary>Distance to the nearest other planning contour, mm; negative inside, infinite where there is none.</summary>
    public float[] ToOthers { get; }

    /// <summary>1 where no other planning contour is nearer; of masks that share a voxel, that one has it in which it lies deepest.</summary>
    public Volume<byte> Territory { get; }

    /// <summary>1 where skull and scalp are some way off.</summary>
    public Volume<byte> Brain { get; }

    /// <summary>A mask of the window on the grid of the whole image.</summary>
    public Volume<byte> Whole(Volume<byte> mask)
    {
        Volume<byte> whole = new(_whole);
        for (int k = 0; k < Grid.Slices; k++)
        {
            for (int j = 0; j < Grid.Rows; j++)
                mask.Voxels.AsSpan((k * Grid.Rows + j) * Grid.Columns, Grid.Columns).CopyTo(whole.Voxels.AsSpan((int)_whole.Offset(_i, _j + j, _k + k)));
        }

        return whole;
    }

    private void Share(Volume<byte> other, bool first)
    {
        if (!other.Voxels.AsSpan().Contains((byte)1))
            return;
        float[] distance = DistanceMap.Signed(other);
        for (int n = 0; n < distance.Length; n++)
        {
            ToOthers[n] = Math.Min(ToOthers[n], distance[n]);
            if (distance[n] < ToPlanning[n] || (first && distance[n] == ToPlanning[n]))
                Territory.Voxels[n] = 0;
        }
    }

    private PatientPoint At(int n) => Grid.ToPatient(new VoxelPoint(n % Grid.Columns, n / Grid.Columns % Grid.Rows, n / (Grid.Columns * Grid.Rows)));

    private Volume<T> Cut<T>(Volume<T> source)
        where T : unmanaged
    {
        Volume<T> cut = new(Grid);
        for (int k = 0; k < Grid.Slices; k++)
        {
            for (int j = 0; j < Grid.Rows; j++)
                source.Voxels.AsSpan((int)_whole.Offset(_i, _j + j, _k + k), Grid.Columns).CopyTo(cut.Voxels.AsSpan((k * Grid.Rows + j) * Grid.Columns));
        }

        return cut;
    }

    private static (int[] Low, int[] High) Box(Volume<byte> mask, double margin)
    {
        VolumeGeometry g = mask.Geometry;
        int[] low = [int.MaxValue, int.MaxValue, int.MaxValue], high = [-1, -1, -1], counts = [g.Columns, g.Rows, g.Slices];
        double[] spacings = [g.SpacingI, g.SpacingJ, g.SpacingK];
        for (int n = Array.IndexOf(mask.Voxels, (byte)1); n >= 0; n = Array.IndexOf(mask.Voxels, (byte)1, n + 1))
        {
            int[] at = [n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows)];
            for (int axis = 0; axis < 3; axis++)
                (low[axis], high[axis]) = (Math.Min(low[axis], at[axis]), Math.Max(high[axis], at[axis]));
        }

        for (int axis = 0; axis < 3; axis++)
        {
            int reach = (int)Math.Ceiling(margin / spacings[axis]);
            (low[axis], high[axis]) = (Math.Max(0, low[axis] - reach), Math.Min(counts[axis] - 1, high[axis] + reach));
        }

        return (low, high);
    }
}
