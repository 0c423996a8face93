using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>
/// One lesion as functions of a position. Its surface is divided into regions: in some it looks as necrosis does (thin,
/// feathery rim that fades outwards, septa like soap bubbles in the core), in the others as tumour does (thick rim,
/// lobules and nodules, sharp margin). The share of the first is drawn from Beta(4, 2) for necrosis and Beta(2, 4) for
/// progression, so that most lesions hold both and a fair number look like the other class. Size, rim thickness,
/// sharpness, irregularity and strength of enhancement also vary from lesion to lesion for reasons that have nothing to
/// do with the class, and by more than the class changes them.
/// </summary>
internal sealed class PhantomLesion
{
    // The most that irregularity and nodules raise the surface to, relative to the ellipsoid.
    private const double LargestSurface = 1.53;

    private const int FieldCount = 9;

    private readonly PatientPoint _centre;
    private readonly PatientVector _axisU;
    private readonly PatientVector _axisV;
    private readonly PatientVector _axisW;
    private readonly double _radius;
    private readonly double _u;
    private readonly double _v;
    private readonly double _w;
    private readonly uint _seed;
    private readonly double _irregularity;
    private readonly double _softness;
    private readonly double _thickness;
    private readonly double _enhancement;
    private readonly double _feather;
    private readonly double _cell;
    private readonly double _contourOffset;
    private readonly double _threshold;
    private readonly (PatientVector Direction, double Width, double Size)[] _nodules;

    public PhantomLesion(SeededRandom random, PatientPoint centre, double radius, double necroticShare)
    {
        _centre = centre;
        _radius = radius;
        _seed = (uint)random.NextUInt64();
        (_axisU, _axisV, _axisW) = Axes(random);
        (_u, _v, _w) = (random.Uniform(0.82, 1.2), random.Uniform(0.82, 1.2), random.Uniform(0.82, 1.2));
        _irregularity = random.Uniform(0.06, 0.26);
        _softness = random.LogNormal(1, 0.35);
        _thickness = random.LogNormal(1, 0.45);
        _enhancement = random.Uniform(0.55, 1.1);
        _feather = random.Uniform(0.8, 2.0);
        _cell = random.Uniform(3.5, 6);
        _contourOffset = random.Normal() * 0.4;
        _nodules = new (PatientVector, double, double)[random.Integer(2, 6)];
        for (int n = 0; n < _nodules.Length; n++)
            _nodules[n] = (Direction(random), random.Uniform(0.08, 0.3), random.Uniform(0.5, 1));
        _threshold = Threshold(necroticShare);
    }

    /// <summary>No part of the lesion is further from its centre, mm.</summary>
    public double Reach => _radius * 2.2 + 4;

    public PatientPoint Centre => _centre;

    /// <summary>The noise of this lesion, for one thread.</summary>
    public SmoothNoise Noise() => new(_seed, FieldCount);

    /// <summary>What the lesion does to the signal at a position in patient space.</summary>
    public LesionTissue At(PatientPoint p, SmoothNoise noise)
    {
        PatientVector d = p - _centre;
        double distance = d.Length;
        if (distance > Reach)
            return default;
        double x = d.Dot(_axisU), y = d.Dot(_axisV), z = d.Dot(_axisW);
        double r = Math.Sqrt(x * x / (_u * _u) + y * y / (_v * _v) + z * z / (_w * _w)) / _radius;
        double halo = NoiseField.Step(-0.5 * _radius - 3, 0, (1 - r) * _radius);
        if ((1 - r / LargestSurface) * _radius + _feather < -2.4 * _softness)
            return new LesionTissue(0, 0, halo, false, false);
        PatientVector direction = distance < 1e-6 ? new PatientVector(1, 0, 0) : new PatientVector(x, y, z) * (1 / distance);

        double necrotic = NecroticWeight(direction, noise);
        double solid = 1 - necrotic;
        double nodules = Nodules(direction);
        double surface = 1 + _irregularity * Field(noise, direction, 1.7, 1) + solid * 0.22 * (nodules - 0.3);
        double contourDepth = (1 - r / surface) * _radius;
        double depth = contourDepth + necrotic * _feather * noise.Value(2, x / 2.2, y / 2.2, z / 2.2);

        double fade = _softness * NoiseField.Lerp(0.7, 2.4, necrotic);
        double outer = NoiseField.Step(-fade, fade, depth);
        halo *= 1 - outer;
        if (outer <= 0)
            return new LesionTissue(0, 0, halo, false, false);

        double rim = _radius * _thickness * (1 + 0.35 * Field(noise, direction, 3, 3))
            * (NoiseField.Lerp(0.48, 0.3, necrotic) + solid * 0.35 * nodules);
        double inner = 1 - NoiseField.Step(rim - 1.1, rim + 1.1, depth);
        double core = outer * (1 - inner);
        double grain = noise.Value(4, x / 1.7, y / 1.7, z / 1.7);
        double enhancing = outer * inner * NoiseField.Lerp(0.95 + 0.05 * grain, 0.75 + 0.25 * grain, necrotic);
        if (core > 0)
        {
            double septa = 1 - NoiseField.Step(0.08, 0.24, NoiseField.CellWall(x / _cell, y / _cell, z / _cell, _seed + 5));
            double islands = NoiseField.Step(0.15, 0.5, noise.Value(6, x / 4, y / 4, z / 4));
            enhancing += core * (necrotic * 0.6 * septa + solid * 0.3 * islands);
        }

        return new LesionTissue(
            enhancing * _enhancement, Math.Max(0, core - 0.7 * enhancing), halo, contourDepth > _contourOffset,
            necrotic > 0.5, enhancing > 0.35);
    }

    private double NecroticWeight(PatientVector direction, SmoothNoise noise) =>
        NoiseField.Step(_threshold - 0.1, _threshold + 0.1, Field(noise, direction, 1.4, 7) + 0.35 * Field(noise, direction, 3.1, 8));

    /// <summary>The level of the dividing field that leaves the wanted share of all directions above it.</summary>
    private double Threshold(double share)
    {
        SeededRandom random = new(_seed);
        SmoothNoise noise = Noise();
        double[] values = new double[400];
        for (int n = 0; n < values.Length; n++)
        {
            PatientVector d = Direction(random);
            values[n] = Field(noise, d, 1.4, 7) + 0.35 * Field(noise, d, 3.1, 8);
        }

        Array.Sort(values);
        return values[(int)Math.Clamp((1 - share) * values.Length, 0, values.Length - 1)];
    }

    private static double Field(SmoothNoise noise, PatientVector d, double frequency, int number) => noise.Value(
        number, d.X * frequency + 7.3, d.Y * frequency + 3.1, d.Z * frequency + 5.7);

    private double Nodules(PatientVector direction)
    {
        double sum = 0;
        foreach ((PatientVector at, double width, double size) in _nodules)
            sum += size * Math.Exp((direction.Dot(at) - 1) / width);
        return Math.Min(sum, 1.5);
    }

    private static (PatientVector U, PatientVector V, PatientVector W) Axes(SeededRandom random)
    {
        PatientVector u = Direction(random);
        PatientVector v = u.Cross(Direction(random)).Normalized();
        return (u, v, u.Cross(v));
    }

    private static PatientVector Direction(SeededRandom random)
    {
        double z = random.Uniform(-1, 1), angle = random.Uniform(0, 2 * Math.PI), s = Math.Sqrt(1 - z * z);
        return new PatientVector(s * Math.Cos(angle), s * Math.Sin(angle), z);
    }
}
