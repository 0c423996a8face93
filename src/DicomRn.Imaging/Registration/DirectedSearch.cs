using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Registration;

/// <summary>The search in one direction: from many beginnings on the coarsest level to one result on the finest.</summary>
internal sealed class DirectedSearch
{
    private const int CoarseSamples = 6_000, MiddleSamples = 20_000, CoarseSurvivors = 5, MiddleSurvivors = 2;

    // Both directions are searched at once: where they keep the processor busy, evaluations need no threads of their own.
    private static readonly bool Wide = Environment.ProcessorCount > 2;

    private readonly RegistrationImage _fixed;
    private readonly RegistrationImage _moving;
    private readonly int _samples;
    private readonly ulong _seed;
    private readonly double _mostOverlap;
    private readonly CancellationToken _cancellationToken;

    public DirectedSearch(RegistrationImage fixedImage, RegistrationImage moving, int samples, ulong seed, CancellationToken cancellationToken)
    {
        (_fixed, _moving, _samples, _seed, _cancellationToken) = (fixedImage, moving, samples, seed, cancellationToken);
        VolumeGeometry grid = moving.Levels[0].Geometry;
        _mostOverlap = Math.Min(moving.Head.Volume, grid.VoxelCount * grid.VoxelVolume) / fixedImage.Head.Volume;
    }

    /// <summary>Centre of the head in the fixed image.</summary>
    public PatientPoint Center => _fixed.Head.Center;

    /// <summary>The whole search.</summary>
    public (RigidTransform Pose, Similarity At) Run()
    {
        List<RigidTransform> poses = Coarse();
        MutualInformation middle = Metric(1, MiddleSamples, 2, parallel: Wide);
        (RigidTransform Pose, Similarity At)[] better =
        [
            .. poses.Select(p => PoseAscent.Run(middle, p, Center, 4, 0.2, turns: true, _cancellationToken)).OrderByDescending(r => r.At.Score),
        ];
        MutualInformation fine = Metric(2, _samples / 3, 3, parallel: Wide);
        RigidTransform best = Distinct(better.Select(r => r.Pose), 2).Take(MiddleSurvivors)
            .Select(p => PoseAscent.Run(fine, p, Center, 2, 0.05, turns: true, _cancellationToken))
            .MaxBy(r => r.At.Score).Pose;
        return PoseAscent.Run(Metric(2, _samples, 4, parallel: Wide), best, Center, 1, 0.01, turns: true, _cancellationToken);
    }

    /// <summary>The two finest levels again from a pose nearby, with other samples.</summary>
    public RigidTransform Refine(RigidTransform start, ulong seed)
    {
        RigidTransform pose = PoseAscent.Run(Metric(1, MiddleSamples, seed, false), start, Center, 4, 0.2, true, _cancellationToken).Pose;
        return PoseAscent.Run(Metric(2, _samples / 2, seed + 1, false), pose, Center, 2, 0.02, true, _cancellationToken).Pose;
    }

    /// <summary>
    /// The information that the mirror image of the fixed head reaches from a result, as a share of that of the head itself: heads are nearly
    /// symmetric, so two different ones match as well mirrored, and one that was mirrored better. Measured inside the skull, which is the
    /// most symmetric of all.
    /// </summary>
    public double MirroredShare(RigidTransform result)
    {
        const double Turn = 20 * Math.PI / 180 * PoseAscent.Radius;
        RigidTransform[] starts = [.. from y in new[] { 0, -Turn, Turn } from z in new[] { 0, -Turn, Turn } select PoseAscent.Moved(result, Center, [0, 0, 0, 0, y, z])];
        FixedSamples coarse = Draw(0, CoarseSamples, 61).Mirrored(), middle = Draw(1, MiddleSamples, 62).Mirrored(), fine = Draw(2, _samples, 63);
        FixedSamples brain = fine.Where(_fixed.Head.IsDeep);
        (RigidTransform Pose, Similarity At)[] found = new (RigidTransform, Similarity)[starts.Length];
        Parallel.For(0, starts.Length, new ParallelOptions { CancellationToken = _cancellationToken }, n =>
            found[n] = PoseAscent.Run(Metric(0, coarse), starts[n], Center, 12, 0.5, turns: true, _cancellationToken));
        MutualInformation onMiddle = Metric(1, middle), last = Metric(2, brain.Mirrored());
        double best = Distinct(found.OrderByDescending(f => f.At.Score).Select(f => f.Pose), 5).Take(MiddleSurvivors)
            .Select(p => PoseAscent.Run(onMiddle, p, Center, 4, 0.2, turns: true, _cancellationToken).Pose)
            .Max(p => PoseAscent.Run(last, p, Center, 2, 0.1, turns: true, _cancellationToken).At.Information);
        double own = Metric(2, brain).At(result).Information;
        return own > 1 ? (best - 1) / (own - 1) : double.PositiveInfinity;
    }

    /// <summary>The metric on a level with samples of its own.</summary>
    public MutualInformation Metric(int level, int samples, ulong seed, bool parallel) => new(
        Draw(level, samples, seed), _moving.Levels[level], _mostOverlap, parallel);

    /// <summary>The metric on a part of the samples of a level.</summary>
    public MutualInformation Metric(int level, FixedSamples samples) => new(samples, _moving.Levels[level], 1, parallel: false);

    /// <summary>Samples of a level.</summary>
    public FixedSamples Draw(int level, int samples, ulong seed) =>
        FixedSamples.Draw(_fixed.Levels[level], _fixed.Head, samples, _seed * 1000 + seed);

    private List<RigidTransform> Coarse()
    {
        RigidTransform[] starts = [.. StartPoses.For(_fixed, _moving)];
        FixedSamples samples = Draw(0, CoarseSamples, 1);
        (RigidTransform Pose, Similarity At)[] found = new (RigidTransform, Similarity)[starts.Length];
        Parallel.For(0, starts.Length, new ParallelOptions { CancellationToken = _cancellationToken }, n =>
        {
            MutualInformation metric = new(samples, _moving.Levels[0], _mostOverlap, parallel: false);
            found[n] = PoseAscent.Run(metric, starts[n], Center, 12, 0.5, turns: true, _cancellationToken);
        });
        return [.. Distinct(found.OrderByDescending(f => f.At.Score).Select(f => f.Pose), 5).Take(CoarseSurvivors)];
    }

    // The same maximum found from several beginnings is one.
    private List<RigidTransform> Distinct(IEnumerable<RigidTransform> poses, double distance)
    {
        List<RigidTransform> kept = [];
        foreach (RigidTransform pose in poses)
        {
            if (kept.All(k => k.DistanceTo(pose, Center, PoseAscent.Radius) > distance))
                kept.Add(pose);
        }

        return kept;
    }
}
