using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Anatomy;

/// <summary>
/// The plane about which a head is most nearly symmetrical, its mid-sagittal plane: the head need not lie straight or in the middle of the
/// image. Found by mirroring; turned by up to 25° about the patient's axes.
/// </summary>
/// <param name="Point">A point of the plane, LPS, mm.</param>
/// <param name="Left">Unit normal, to the patient's left.</param>
/// <param name="Symmetry">Correlation of the tissue with its mirror image, -1 to 1.</param>
public sealed record HeadMidline(PatientPoint Point, PatientVector Left, double Symmetry)
{
    private const double Spacing = 4, TissuePart = 0.15;
    private const int MostPoints = 2500;

    // A head mirrors itself well; what does not has no side to speak of.
    private const double LeastSymmetry = 0.5;

    /// <summary>Whether the image is symmetrical enough to speak of sides.</summary>
    public bool IsReliable => Symmetry >= LeastSymmetry;

    /// <summary>How far a point lies to the left of the plane, mm; negative to the right.</summary>
    public double ToLeft(PatientPoint point) => (point - Point).Dot(Left);

    /// <summary>Finds it.</summary>
    /// <param name="image">A head in LPS; bright tissue on dark air.</param>
    public static HeadMidline Of(Volume<float> image)
    {
        Volume<float> coarse = BlockAverage.Smooth(BlockAverage.Reduce(image, Spacing));
        PatientPoint[] points = Tissue(coarse);
        if (points.Length == 0)
            return new HeadMidline(coarse.Geometry.Center, new PatientVector(1, 0, 0), 0);
        PatientPoint center = new(Middle(points, p => p.X), Middle(points, p => p.Y), Middle(points, p => p.Z));
        VolumeGeometry grid = coarse.Geometry;
        VoxelPoint[] voxels = Array.ConvertAll(points, grid.ToVoxel);
        double[] values = Array.ConvertAll(voxels, v => Value(coarse, v));
        Pose best = new(0, 0, 0);
        double symmetry = Symmetry(best);
        foreach (double yaw in Steps(3, 8))
            foreach (double roll in Steps(3, 8))
                foreach (double offset in Steps(3, 6))
                    Try(new Pose(yaw, roll, offset));
        for (double step = 4; step >= 0.5; step /= 2)
        {
            Pose around = best;
            foreach (double yaw in Steps(1, step))
                foreach (double roll in Steps(1, step))
                    foreach (double offset in Steps(1, step))
                        Try(new Pose(around.Yaw + yaw, around.Roll + roll, around.Offset + offset));
        }

        PatientVector left = best.Normal;
        return new HeadMidline(center + left * best.Offset, left, symmetry);

        void Try(Pose pose)
        {
            double found = Symmetry(pose);
            if (found > symmetry)
                (best, symmetry) = (pose, found);
        }

        double Symmetry(Pose pose)
        {
            // The mirror image of a point lies twice its distance from the plane along the normal, which is one step in voxels.
            PatientVector normal = pose.Normal;
            VoxelPoint origin = grid.ToVoxel(PatientPoint.Origin), end = grid.ToVoxel(PatientPoint.Origin + normal);
            (double i, double j, double k) = (end.I - origin.I, end.J - origin.J, end.K - origin.K);
            double plane = (center - PatientPoint.Origin).Dot(normal) + pose.Offset;
            double n = points.Length, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
            for (int m = 0; m < points.Length; m++)
            {
                PatientPoint p = points[m];
                VoxelPoint v = voxels[m];
                double twice = 2 * (p.X * normal.X + p.Y * normal.Y + p.Z * normal.Z - plane);
                double here = values[m], there = Value(coarse, new VoxelPoint(v.I - twice * i, v.J - twice * j, v.K - twice * k));
                a += here;
                b += there;
                aa += here * here;
                bb += there * there;
                ab += here * there;
            }

            double spread = (aa - a * a / n) * (bb - b * b / n);
            return spread > 0 ? (ab - a * b / n) / Math.Sqrt(spread) : 0;
        }
    }

    private static IEnumerable<double> Steps(int count, double step) => Enumerable.Range(-count, 2 * count + 1).Select(n => n * step);

    private static double Value(Volume<float> image, VoxelPoint v)
    {
        (int i, int j, int k) = ((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
        return image.Geometry.Contains(i, j, k) ? image[i, j, k] : 0;
    }

    private static PatientPoint[] Tissue(Volume<float> image)
    {
        PatientPoint[] tissue = BodyTop.Tissue(image, BodyTop.TissueThreshold(image.Voxels, TissuePart));
        int step = Math.Max(1, tissue.Length / MostPoints);
        return [.. tissue.Where((_, n) => n % step == 0)];
    }

    private static double Middle(PatientPoint[] points, Func<PatientPoint, double> axis) => points.Select(axis).Order().ElementAt(points.Length / 2);

    private readonly record struct Pose(double Yaw, double Roll, double Offset)
    {
        public PatientVector Normal
        {
            get
            {
                double yaw = Yaw * Math.PI / 180, roll = Roll * Math.PI / 180;
                return new PatientVector(Math.Cos(roll) * Math.Cos(yaw), Math.Cos(roll) * Math.Sin(yaw), Math.Sin(roll));
            }
        }
    }
}
