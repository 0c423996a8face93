namespace DicomRn.Imaging.Registration;

/// <summary>Independent looks at a result.</summary>
internal static class RegistrationChecks
{
    private const double Shift = 4, SmallestPart = 2_000, LesserMaximum = 0.02;

    /// <summary>
    /// The largest distance to the result of searches that begin some mm and degrees away, with other samples; mm. One that stops at a lesser
    /// maximum says something of the way there and nothing of the result; where most do, all of them count.
    /// </summary>
    public static double RestartSpread(DirectedSearch search, RigidTransform result, int restarts, int samples, CancellationToken cancellationToken)
    {
        (RigidTransform Pose, double Information)[] ends = new (RigidTransform, double)[restarts];
        FixedSamples common = search.Draw(2, samples / 2, 51);
        double information = search.Metric(2, common).At(result).Information;
        Parallel.For(0, restarts, new ParallelOptions { CancellationToken = cancellationToken }, n =>
        {
            SampleRandom random = new(77 + (ulong)n);
            double[] step = new double[6];
            for (int axis = 0; axis < step.Length; axis++)
                step[axis] = (random.NextDouble() < 0.5 ? -1 : 1) * Shift * (0.5 + random.NextDouble());
            RigidTransform other = search.Refine(PoseAscent.Moved(result, search.Center, step), 100 + 10 * (ulong)n);
            ends[n] = (other, search.Metric(2, common).At(other).Information);
        });
        (RigidTransform Pose, double Information)[] equal = [.. ends.Where(e => e.Information - 1 >= (1 - LesserMaximum) * (information - 1))];
        return (2 * equal.Length > restarts ? equal : ends).Max(e => result.DistanceTo(e.Pose, search.Center, PoseAscent.Radius));
    }

    /// <summary>Median of the shifts that register each octant of the head alone, mm.</summary>
    public static double LocalShift(DirectedSearch search, RigidTransform result, int samples, CancellationToken cancellationToken)
    {
        FixedSamples all = search.Draw(2, samples, 50);
        float[] table = search.Metric(2, all).LikelihoodsAt(result);
        double[] shifts = new double[8];
        Parallel.For(0, shifts.Length, new ParallelOptions { CancellationToken = cancellationToken }, octant =>
        {
            FixedSamples part = all.Where(d => (d.X > 0 ? 1 : 0) + (d.Y > 0 ? 2 : 0) + (d.Z > 0 ? 4 : 0) == octant);
            MutualInformation metric = search.Metric(2, part);
            if (part.Count < SmallestPart || metric.At(result).Overlap < 0.5)
            {
                shifts[octant] = double.NaN;
                return;
            }

            metric.Adopt(table);

            RigidTransform alone = PoseAscent.Run(metric, result, search.Center, 3, 0.05, turns: false, cancellationToken).Pose;
            shifts[octant] = alone.Apply(search.Center).DistanceTo(result.Apply(search.Center));
        });
        double[] known = [.. shifts.Where(double.IsFinite).Order()];
        return known.Length == 0 ? double.PositiveInfinity : known[known.Length / 2];
    }
}
