using DicomRn.Learning.Phantoms;

namespace DicomRn.Learning.Cohorts;

/// <summary>Who is in a phantom cohort: patients with one to three lesions, the exact number of lesions of each class.</summary>
internal static class PhantomCohortPlan
{
    public static IReadOnlyList<PhantomPatient> Of(PhantomCohortOptions options)
    {
        int firstSeed = (int)(SeededRandom.For(options.Seed, 0xC0407).NextUInt64() >> 33);
        List<PhantomPatient> patients = [];
        int Seed() => (firstSeed + patients.Count) & int.MaxValue;

        foreach ((string prefix, PhantomCentre centre, CohortSplit split, int lesions) in new[]
        {
            ("D", PhantomCentre.First, CohortSplit.Development, options.Labelled),
            ("E", PhantomCentre.Second, CohortSplit.External, options.External),
        })
        {
            List<LesionClass[]> labelled = Labelled(options.Seed, centre, lesions);
            bool[] heldOut = split == CohortSplit.External
                ? new bool[labelled.Count]
                : HeldOutPatients.Choose(labelled, options.HeldOutShare, options.Seed);
            for (int n = 0; n < labelled.Count; n++)
                patients.Add(new($"{prefix}{n + 1:D3}", Seed(), centre, heldOut[n] ? CohortSplit.HeldOut : split, labelled[n], options.TimePoints));
        }

        for (int made = 0, n = 1; made < options.Unlabelled; made += options.TimePoints, n++)
        {
            PhantomCentre centre = n % 2 == 0 ? PhantomCentre.First : PhantomCentre.Elsewhere;
            LesionClass drawn = SeededRandom.For(options.Seed, 0xC1A5, (uint)n).Next() < 0.35 ? LesionClass.RadiationNecrosis : LesionClass.Progression;
            patients.Add(new($"U{n:D5}", Seed(), centre, CohortSplit.Unlabelled, [drawn], Math.Min(options.TimePoints, options.Unlabelled - made)));
        }

        return patients;
    }

    /// <summary>As many lesions as wanted, of which the centre's share is necrosis, in patients with one (60 %), two (30 %) or three.</summary>
    private static List<LesionClass[]> Labelled(int seed, PhantomCentre centre, int count)
    {
        SeededRandom random = SeededRandom.For(seed, 0x1AB3, (uint)centre);
        int necroses = (int)Math.Round(ScannerStyle.NecrosisShareOf(centre) * count);
        LesionClass[] classes = [.. Enumerable.Range(0, count).Select(n => n < necroses ? LesionClass.RadiationNecrosis : LesionClass.Progression)];
        for (int n = count - 1; n > 0; n--)
        {
            int other = random.Integer(0, n);
            (classes[n], classes[other]) = (classes[other], classes[n]);
        }

        List<LesionClass[]> patients = [];
        for (int at = 0; at < count;)
        {
            double draw = random.Next();
            int lesions = Math.Min(draw < 0.6 ? 1 : draw < 0.9 ? 2 : 3, count - at);
            patients.Add(classes[at..(at + lesions)]);
            at += lesions;
        }

        return patients;
    }
}
