using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;

namespace DicomRn.Benchmarks.Registration;

/// <summary>A follow-up T1CE and a planning image of one phantom head in another position, and the transform between them.</summary>
/// <param name="Fixed">The follow-up: second centre (more noise and shading), three lesions.</param>
/// <param name="Moving">The planning image: one lesion; the others are new since.</param>
/// <param name="Truth">Takes a point of the follow-up to the planning image.</param>
/// <param name="Targets">Points in the brain of the follow-up, on which the error is measured.</param>
/// <param name="Lesions">Centres of the lesions of the follow-up.</param>
internal sealed record PhantomPair(
    Volume<float> Fixed, Volume<float> Moving, RigidTransform Truth, IReadOnlyList<PatientPoint> Targets, IReadOnlyList<PatientPoint> Lesions)
{
    /// <summary>Makes the pair of a seed: shifted by up to 30 mm along and turned by up to 20° about every axis.</summary>
    /// <param name="seed">Decides head, lesions, noise and position.</param>
    /// <param name="kind">What the planning image is.</param>
    /// <param name="otherPatient">Whether the planning image is of another head, so that every registration is wrong.</param>
    public static PhantomPair Make(int seed, PlanningKind kind, bool otherPatient = false)
    {
        Random random = new(seed);
        PatientPoint center = PhantomHead.HeadCentre(seed);
        RigidTransform truth = RigidTransform.About(center, Within(random, 20 * Math.PI / 180), Within(random, 30));
        VolumeGeometry followUpGrid = Around(center, 200, 240, 186, 0.9, 1.2);
        PhantomHead followUp = PhantomHead.Generate(new PhantomOptions
        {
            Seed = seed,
            Centre = PhantomCentre.Second,
            LesionCount = 3,
            Grid = followUpGrid,
        });

        // The grid as the planning scanner has it; what lies there is the head of the follow-up, moved back.
        int head = otherPatient ? seed + 500_000 : seed;
        PatientPoint scanned = center + Within(random, 12);
        VolumeGeometry planning = kind switch
        {
            PlanningKind.Slab => Around(scanned, 220, 240, 80, 1, 1),
            PlanningKind.Ct => Around(scanned, 260, 280, 190, 0.9, 1.25),
            _ => Around(scanned, 210, 240, 190, 1, 1),
        };
        PatientVector apart = PhantomHead.HeadCentre(head) - center;
        VolumeGeometry inHead = truth.Inverse.Apply(planning);
        inHead = inHead with { Origin = inHead.Origin + apart };
        Volume<float> moving = kind == PlanningKind.Ct
            ? PhantomCt.Render(head, inHead)
            : PhantomHead.Generate(new PhantomOptions
            {
                Seed = head,
                LesionCount = 1,
                Grid = inHead,
                WithUnenhancedT1 = kind == PlanningKind.NativeT1,
            }) switch
            {
                { UnenhancedT1: { } native } => native,
                PhantomHead enhanced => enhanced.T1ce,
            };
        Volume<float> planned = new(planning, moving.Voxels);
        if (kind != PlanningKind.Ct)
            ScannerEffects.Shade(planned, seed);
        if (kind == PlanningKind.Ct)
            ScannerEffects.AddFrameAndCouch(planned, truth.Apply(center));
        if (kind == PlanningKind.DefacedWithFiducials)
            ScannerEffects.DefaceAndAddRods(planned, truth, center);
        return new PhantomPair(followUp.T1ce, planned, truth, [.. Grid(center)], [.. followUp.Lesions.Select(l => l.Centroid)]);
    }

    /// <summary>Distance between where a transform carries a target and where it belongs: root mean square over the targets, mm.</summary>
    public double Error(RigidTransform found) =>
        Math.Sqrt(Targets.Average(p => Math.Pow(found.Apply(p).DistanceTo(Truth.Apply(p)), 2)));

    private static IEnumerable<PatientPoint> Grid(PatientPoint center)
    {
        foreach (int x in new[] { -50, 0, 50 })
            foreach (int y in new[] { -60, 0, 60 })
                foreach (int z in new[] { -40, 0, 50 })
                    yield return center + new PatientVector(x, y, z);
    }

    private static PatientVector Within(Random random, double limit) => new(
        (2 * random.NextDouble() - 1) * limit, (2 * random.NextDouble() - 1) * limit, (2 * random.NextDouble() - 1) * limit);

    private static VolumeGeometry Around(PatientPoint center, double width, double depth, double height, double inPlane, double slice)
    {
        VolumeGeometry grid = VolumeGeometry.Axial((int)(width / inPlane), (int)(depth / inPlane), (int)(height / slice), inPlane, PatientPoint.Origin) with
        {
            SpacingK = slice,
        };
        return grid with { Origin = grid.Origin + (center - grid.Center) };
    }
}
