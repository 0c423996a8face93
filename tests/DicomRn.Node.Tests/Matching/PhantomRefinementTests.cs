using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Node.Tests.Matching;

/// <summary>Planning masks of phantoms on later scans, on which the lesion has another size: of both classes, and of a scanner that shows them weakly, too.</summary>
public sealed class PhantomRefinementTests
{
    private const double Shrunken = 0.7, Grown = 1.35;

    [Theory]
    [InlineData(LesionClass.RadiationNecrosis)]
    [InlineData(LesionClass.Progression)]
    public void Refined_masks_are_nearer_to_the_truth_than_planning_masks_and_never_far_worse(LesionClass lesionClass)
    {
        List<(double Factor, double Planning, double Refined)> all = [];
        for (int seed = 1; seed <= 10; seed++)
        {
            PhantomOptions options = new()
            {
                Seed = seed,
                Centre = seed % 2 == 0 ? PhantomCentre.First : PhantomCentre.Second,
                LesionCount = 1,
                Classes = [lesionClass],
            };
            PatientPoint centre = PhantomHead.Generate(options with { Grid = VolumeGeometry.CenteredAt(PhantomHead.HeadCentre(seed), 45, 55, 47, 4) }).Lesions[0].Centroid;
            options = options with { Grid = Around(centre) };
            Volume<byte> planning = PhantomHead.Generate(options).Lesions[0].Mask;
            foreach (double factor in new[] { Shrunken, 1, Grown })
            {
                PhantomHead later = PhantomHead.Generate(options with { Scan = 1, RadiusFactors = [factor] }, TestContext.Current.CancellationToken);
                Volume<byte> truth = later.Lesions[0].Mask;
                RefinedMask refined = MaskRefinement.Refine(later.T1ce, [planning], new RefinementOptions(), TestContext.Current.CancellationToken)[0];
                all.Add((factor, Dice(planning, truth), Dice(refined.Mask, truth)));
                TestContext.Current.SendDiagnosticMessage("{0} seed {1} ×{2}: {3:0.000} → {4:0.000} {5}", lesionClass, seed, factor, all[^1].Planning, all[^1].Refined, refined.Why);
            }
        }

        Assert.All(all.Where(a => a.Factor != 1), a => Assert.True(a.Refined >= a.Planning, $"{a}"));
        Assert.All(all.Where(a => a.Factor == 1), a => Assert.True(a.Refined >= a.Planning - 0.03, $"{a}"));
        Assert.True(Gain(Shrunken) > 0.1, $"shrunken lesions gain {Gain(Shrunken):0.000} on average");
        Assert.True(Gain(Grown) > 0.2, $"grown lesions gain {Gain(Grown):0.000} on average");

        double Gain(double factor) => all.Where(a => a.Factor == factor).Average(a => a.Refined - a.Planning);
    }

    // Oblique, with thicker slices.
    private static VolumeGeometry Around(PatientPoint centre)
    {
        VolumeGeometry grid = VolumeGeometry.CenteredAt(centre, 75, 75, 48, 1);
        PatientVector i = new(Math.Cos(0.2), Math.Sin(0.2), 0), j = new(-Math.Sin(0.2) * Math.Cos(0.3), Math.Cos(0.2) * Math.Cos(0.3), Math.Sin(0.3));
        grid = grid with { DirectionI = i, DirectionJ = j, DirectionK = i.Cross(j), SpacingK = 1.6 };
        return grid with { Origin = grid.Origin + (centre - grid.Center) };
    }

    private static double Dice(Volume<byte> a, Volume<byte> b)
    {
        long both = 0, sum = 0;
        for (int n = 0; n < a.Voxels.Length; n++)
        {
            both += a.Voxels[n] & b.Voxels[n];
            sum += a.Voxels[n] + b.Voxels[n];
        }

        return 2.0 * both / sum;
    }
}
