using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>Draws the lesions of a patient: class, size and place, apart from each other and inside the brain.</summary>
internal static class PhantomLesionPlacement
{
    public static (IReadOnlyList<PhantomLesion> Lesions, IReadOnlyList<LesionClass> Classes, IReadOnlyList<double> Shares, IReadOnlyList<double> Radii)
        Draw(PhantomOptions options, HeadAnatomy anatomy, PatientPoint headCentre, double necrosisShare)
    {
        PhantomLesion[] lesions = new PhantomLesion[options.LesionCount];
        LesionClass[] classes = new LesionClass[options.LesionCount];
        double[] shares = new double[options.LesionCount], radii = new double[options.LesionCount];
        for (int n = 0; n < lesions.Length; n++)
        {
            SeededRandom random = SeededRandom.For(options.Seed, 0x1E51, (uint)n);
            bool necrosis = random.Next() < necrosisShare;
            if (options.Classes is not null)
                necrosis = options.Classes[n] == LesionClass.RadiationNecrosis;
            classes[n] = necrosis ? LesionClass.RadiationNecrosis : LesionClass.Progression;
            shares[n] = random.OrderStatistic(necrosis ? 4 : 2, 5);
            // A few small ones, so that every lesion finds its place beside the others.
            radii[n] = Math.Clamp(random.LogNormal(necrosis ? 9.4 : 9.0, 0.3), 5, lesions.Length > 2 ? 11 : 15);
            PatientPoint centre = Place(random, anatomy, headCentre, radii, lesions, n);
            lesions[n] = new PhantomLesion(random, centre, radii[n] * Factor(options, n), shares[n]);
        }

        return (lesions, classes, shares, [.. radii.Select((r, n) => r * Factor(options, n))]);
    }

    private static double Factor(PhantomOptions options, int lesion) => options.RadiusFactors?[lesion] ?? 1;

    private static PatientPoint Place(
        SeededRandom random, HeadAnatomy anatomy, PatientPoint headCentre, double[] radii, PhantomLesion[] lesions, int n)
    {
        PatientVector axes = anatomy.SemiAxes;
        for (int attempt = 0; attempt < 2000; attempt++)
        {
            PatientVector d = new(
                random.Uniform(-axes.X, axes.X), random.Uniform(-axes.Y, axes.Y), random.Uniform(-0.6 * axes.Z, axes.Z));
            PatientPoint p = headCentre + d;
            bool inBrain = anatomy.Depth(d.X, d.Y, d.Z) > HeadAnatomy.BrainDepth + 0.75 * radii[n];
            bool apart = true;
            for (int other = 0; other < n; other++)
                apart &= p.DistanceTo(lesions[other].Centre) > 1.5 * (radii[n] + radii[other]) + 4;
            if (inBrain && apart)
                return p;
        }

        throw new InvalidOperationException($"No place for lesion {n + 1} of this phantom.");
    }
}
