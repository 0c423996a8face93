using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Normalised mutual information of two images (Studholme 1999) with its derivative by a rigid motion: a joint histogram with cubic
/// B-spline windows along the moving intensities and whole bins along the fixed ones (Mattes 2003). Sums are made in the same order on
/// any number of threads, so a result does not depend on the machine's load.
/// </summary>
internal sealed class MutualInformation
{
    private const int Bins = IntensityScale.Bins, Cells = Bins * Bins, Part = 4096;

    private readonly FixedSamples _samples;
    private readonly MovingSampler _moving;
    private readonly MovingValues _values;
    private readonly double _mostOverlap;
    private readonly double[][] _histograms;
    private readonly double[][] _sums;
    private readonly bool _parallel;
    private float[]? _table;

    /// <param name="samples">Positions in the fixed image.</param>
    /// <param name="moving">A level of the moving image.</param>
    /// <param name="mostOverlap">The share of the samples that the moving image can cover at most: its volume over that of the fixed head.</param>
    /// <param name="parallel">Whether one evaluation may use several threads.</param>
    public MutualInformation(FixedSamples samples, Volume<float> moving, double mostOverlap, bool parallel)
    {
        _samples = samples;
        _moving = new MovingSampler(moving);
        _values = new MovingValues(samples.Count);
        _mostOverlap = Math.Min(1, mostOverlap);
        _parallel = parallel;
        int parts = (samples.Count + Part - 1) / Part;
        _histograms = [.. Enumerable.Range(0, parts).Select(_ => new double[Cells])];
        _sums = [.. Enumerable.Range(0, parts).Select(_ => new double[12])];
    }

    /// <summary>How likely each pair of intensities is at a pose, log (p(f, m) / p(f) p(m)).</summary>
    public float[] LikelihoodsAt(RigidTransform pose)
    {
        At(pose);
        return JointHistogram.Likelihoods(Joint());
    }

    /// <summary>
    /// From now on measures by these likelihoods instead of the distribution of its own samples: a part of a head alone finds a
    /// distribution that suits many positions.
    /// </summary>
    public void Adopt(float[] likelihoods) => _table = likelihoods;

    /// <summary>The metric at a pose.</summary>
    public Similarity At(RigidTransform pose)
    {
        float[] map = _moving.Map(_samples, pose);
        ForParts((part, first, end) =>
        {
            _moving.Sample(_samples, map, first, end, _values);
            double[] histogram = _histograms[part];
            Array.Clear(histogram);
            JointHistogram.Add(_samples.Bin.AsSpan(first, end - first), _values.Value.AsSpan(first, end - first), histogram);
        });
        double[] joint = Joint();
        double covered = joint.Sum();
        double overlap = Math.Min(1, covered / _samples.Count / _mostOverlap);
        if (covered < 100)
            return new Similarity(1, overlap, -1, default, default);

        float[] slopes = new float[Cells];
        double information, weight = Weight(overlap);
        if (_table is { } table)
        {
            information = 1;
            for (int n = 0; n < Cells; n++)
            {
                information += joint[n] / covered * table[n];
                slopes[n] = (float)(table[n] / covered);
            }
        }
        else
        {
            information = JointHistogram.Entropies(joint, covered, slopes);
        }

        (PatientVector force, PatientVector torque) = Derivative(pose, slopes, weight);
        return new Similarity(information, overlap, (information - 1) * weight, force, torque);
    }

    private double[] Joint()
    {
        double[] joint = new double[Cells];
        foreach (double[] histogram in _histograms)
        {
            for (int n = 0; n < Cells; n++)
                joint[n] += histogram[n];
        }

        return joint;
    }

    // A pose that shows little of the heads to each other may look perfect.
    private static double Weight(double overlap)
    {
        double t = Math.Clamp((overlap - 0.2) / 0.4, 0, 1);
        return t * t * (3 - 2 * t);
    }

    private (PatientVector Force, PatientVector Torque) Derivative(RigidTransform pose, float[] slopes, double weight)
    {
        ForParts((part, first, end) => JointHistogram.Project(_samples, _values, first, end, slopes, _sums[part]));
        double[] s = new double[12];
        foreach (double[] sums in _sums)
        {
            for (int n = 0; n < s.Length; n++)
                s[n] += sums[n];
        }

        // Columns: the sum of the slopes alone, then times each coordinate of the samples, which turn with the pose.
        PatientVector force = _moving.ToPatient(s[0], s[1], s[2]) * weight;
        PatientVector x = _moving.ToPatient(s[3], s[4], s[5]), y = _moving.ToPatient(s[6], s[7], s[8]), z = _moving.ToPatient(s[9], s[10], s[11]);
        PatientVector ex = pose.Rotate(new(1, 0, 0)), ey = pose.Rotate(new(0, 1, 0)), ez = pose.Rotate(new(0, 0, 1));
        return (force, (ex.Cross(x) + ey.Cross(y) + ez.Cross(z)) * weight);
    }

    private void ForParts(Action<int, int, int> work)
    {
        int parts = _histograms.Length;
        if (_parallel && parts > 1)
            Parallel.For(0, parts, Run);
        else
            for (int part = 0; part < parts; part++)
                Run(part);

        void Run(int part) => work(part, part * Part, Math.Min(_samples.Count, (part + 1) * Part));
    }
}
