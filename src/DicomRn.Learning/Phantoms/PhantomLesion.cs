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

    /// <summary>Whether a position is within what an observer would contour; as <see cref="At"/> has it, in less time.</summary>
    public bool IsInContour(PatientPoint p, SmoothNoise noise)
    {
        PatientVector d = p - _centre;
        if (d.Length > Reach)
            return false;
        Place at = Locate(d);
        // Not even where it is raised most.
        if ((1 - at.R / LargestSurface) * _radius <= _contourOffset)
            return false;
        LesionLayers layers = Layers(at, noise);
        return layers.Outer > 0 && layers.ContourDepth > _contourOffset;
    }

    /// <summary>What the lesion does to the signal at a position in patient space.</summary>
    public LesionTissue At(PatientPoint p, SmoothNoise noise)
    {
        PatientVector d = p - _centre;
        if (d.Length > Reach)
            return default;
        Place at = Locate(d);
        double halo = NoiseField.Step(-0.5 * _radius - 3, 0, (1 - at.R) * _radius);
        if (IsFar(at.R))
            return new LesionTissue(0, 0, halo, false, false);
        LesionLayers layers = Layers(at, noise);
        double outer = layers.Outer, necrotic = layers.Necrotic, solid = 1 - necrotic;
        halo *= 1 - outer;
        if (outer <= 0)
            return new LesionTissue(0, 0, halo, false, false);

        (double x, double y, double z) = (at.Local.X, at.Local.Y, at.Local.Z);
        double rim = _radius * _thickness * (1 + 0.35 * Field(noise, at.Direction, 3, 3))
            * (NoiseField.Lerp(0.48, 0.3, necrotic) + solid * 0.35 * layers.Nodules);
        double inner = 1 - NoiseField.Step(rim - 1.1, rim + 1.1, layers.Depth);
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
            enhancing * _enhancement, Math.Max(0, core - 0.7 * enhancing), halo, layers.ContourDepth > _contourOffset,
            necrotic > 0.5, enhancing > 0.35);
    }

    private Place Locate(PatientVector d)
    {
        double x = d.Dot(_axisU), y = d.Dot(_axisV), z = d.Dot(_axisW), distance = d.Length;
        return new Place(
            new PatientVector(x, y, z),
            distance < 1e-6 ? new PatientVector(1, 0, 0) : new PatientVector(x, y, z) * (1 / distance),
            Math.Sqrt(x * x / (_u * _u) + y * y / (_v * _v) + z * z / (_w * _w)) / _radius);
    }

    private bool IsFar(double r) => (1 - r / LargestSurface) * _radius + _feather < -2.4 * _softness;

    private LesionLayers Layers(Place at, SmoothNoise noise)
    {
        double necrotic = NecroticWeight(at.Direction, noise), nodules = Nodules(at.Direction);
        double surface = 1 + _irregularity * Field(noise, at.Direction, 1.7, 1) + (1 - necrotic) * 0.22 * (nodules - 0.3);
        double contourDepth = (1 - at.R / surface) * _radius;
        double depth = contourDepth + necrotic * _feather * noise.Value(2, at.Local.X / 2.2, at.Local.Y / 2.2, at.Local.Z / 2.2);
        double fade = _softness * NoiseField.Lerp(0.7, 2.4, necrotic);
        return new LesionLayers(necrotic, nodules, contourDepth, depth, NoiseField.Step(-fade, fade, depth));
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

    /// <summary>A position seen from the centre.</summary>
    /// <param name="Local">Along the lesion's axes, mm.</param>
    /// <param name="Direction">Its direction along them.</param>
    /// <param name="R">1 on the ellipsoid.</param>
    private readonly record struct Place(PatientVector Local, PatientVector Direction, double R);

    /// <param name="Necrotic">How much it looks as necrosis does here.</param>
    /// <param name="Nodules">Strength of nodules in this direction.</param>
    /// <param name="ContourDepth">Depth below what an observer would contour, mm.</param>
    /// <param name="Depth">Depth below the feathery surface, mm.</param>
    /// <param name="Outer">1 inside of the surface, 0 outside.</param>
    private readonly record struct LesionLayers(double Necrotic, double Nodules, double ContourDepth, double Depth, double Outer);
}
