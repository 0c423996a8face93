using System.Globalization;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Anatomy;

/// <summary>
/// Whether a T1 image looks like a head, whatever its attributes say. From the middle of the topmost 150 mm of the body, rays go up and
/// sideways to the skin; under the skin of a head most of them pass skull and liquor, darker than what lies outside and inside, and in other parts of the
/// body nearly none do.
/// </summary>
public sealed record HeadAppearance
{
    // Over real T1 heads the shell shows on a third of the rays (after cropping and without skin in parts) to nearly all; over thighs, knees and hips on 0 to 3 %.
    private const double LeastShell = 0.2, MostOtherShell = 0.08, LeastSeen = 0.2;
    private const double Smallest = 90, Largest = 260;
    private const double Spacing = 2, BodyPart = 0.2, CenterBelowTop = 80;
    private const int Rays = 2000, Reach = 180, Shell = 22, LeastRadius = 45, Border = 4;

    /// <summary>Extent of the body from right to left, mm, in the topmost 150 mm.</summary>
    public required double Width { get; init; }

    /// <summary>Extent of the body from front to back, mm, in the topmost 150 mm.</summary>
    public required double Depth { get; init; }

    /// <summary>Part of the rays that meet the skin inside the image, 0 to 1.</summary>
    public required double SeenRays { get; init; }

    /// <summary>Part of these that pass a dark shell below the skin, 0 to 1.</summary>
    public required double DarkShell { get; init; }

    /// <summary>What it is.</summary>
    public HeadVerdict Verdict => this switch
    {
        _ when Width is < Smallest or > Largest || Depth is < Smallest or > Largest => HeadVerdict.Other,
        { SeenRays: < LeastSeen } => HeadVerdict.Unclear,
        { DarkShell: < MostOtherShell } => HeadVerdict.Other,
        { DarkShell: >= LeastShell } => HeadVerdict.Head,
        _ => HeadVerdict.Unclear,
    };

    /// <summary>The figures in words.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"body of {Width:0} × {Depth:0} mm, dark shell below {DarkShell * 100:0} % of the skin");

    /// <summary>Looks at an image.</summary>
    /// <param name="image">Bright tissue on dark air, in LPS.</param>
    public static HeadAppearance Of(Volume<float> image)
    {
        Volume<float> coarse = BlockAverage.Reduce(image, Spacing);
        float body = BodyTop.TissueThreshold(coarse.Voxels, BodyPart);
        PatientPoint[] points = BodyTop.Tissue(coarse, body);
        if (points.Length == 0)
            return new HeadAppearance { Width = 0, Depth = 0, SeenRays = 0, DarkShell = 0 };
        double[] x = [.. points.Select(p => p.X).Order()], y = [.. points.Select(p => p.Y).Order()], z = [.. points.Select(p => p.Z).Order()];
        PatientPoint center = new(Quantile(x, 0.5), Quantile(y, 0.5), Math.Max(Quantile(z, 0.5), Quantile(z, 0.995) - CenterBelowTop));
        int seen = 0, shells = 0, rays = 0;
        float[] profile = new float[Reach];
        foreach (PatientVector direction in Directions())
        {
            rays++;
            int length = Profile(coarse, center, direction, profile), skin = length - 1;
            while (skin >= 0 && profile[skin] <= body)
                skin--;
            if (skin < LeastRadius || skin >= length - Border)
                continue;
            seen++;
            if (HasShell(profile, skin))
                shells++;
        }

        return new HeadAppearance
        {
            Width = Quantile(x, 0.98) - Quantile(x, 0.02),
            Depth = Quantile(y, 0.98) - Quantile(y, 0.02),
            SeenRays = (double)seen / rays,
            DarkShell = seen == 0 ? 0 : (double)shells / seen,
        };
    }

    private static bool HasShell(float[] profile, int skin)
    {
        int darkest = skin - 1;
        for (int n = skin - Shell; n < skin; n++)
            if (profile[n] < profile[darkest])
                darkest = n;
        float outside = profile.AsSpan(darkest, skin + 1 - darkest).ToArray().Max();
        float[] inside = [.. profile[Math.Max(0, skin - 60)..(skin - 25)].Order()];
        return profile[darkest] < 0.5f * Math.Min(outside, inside[inside.Length / 2]);
    }

    private static int Profile(Volume<float> image, PatientPoint center, PatientVector direction, float[] profile)
    {
        VolumeGeometry grid = image.Geometry;
        for (int n = 0; n < Reach; n++)
        {
            VoxelPoint v = grid.ToVoxel(center + direction * n);
            (int i, int j, int k) = ((int)Math.Round(v.I), (int)Math.Round(v.J), (int)Math.Round(v.K));
            if (!grid.Contains(i, j, k))
                return n;
            profile[n] = image[i, j, k];
        }

        return Reach;
    }

    // Up and sideways, evenly over the sphere (Fibonacci).
    private static IEnumerable<PatientVector> Directions()
    {
        double turn = Math.PI * (3 - Math.Sqrt(5));
        for (int n = 0; n < Rays; n++)
        {
            double z = 1 - 1.2 * (n + 0.5) / Rays, r = Math.Sqrt(1 - z * z);
            yield return new PatientVector(r * Math.Cos(turn * n), r * Math.Sin(turn * n), z);
        }
    }

    private static double Quantile(double[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))];
}
