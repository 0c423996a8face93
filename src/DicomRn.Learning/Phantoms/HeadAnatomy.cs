using DicomRn.Imaging.Geometry;

namespace DicomRn.Learning.Phantoms;

/// <summary>
/// The tissues of a head as functions of a position relative to its centre (LPS, mm): scalp, skull, CSF with sulci,
/// cortex, white matter, deep grey matter, ventricles, venous sinus and vessels. Signals are relative to white
/// matter = 1 on T1.
/// </summary>
internal sealed class HeadAnatomy
{
    private const double Scalp = 6;
    private const double InnerTable = 13;
    private const double VentricleEdge = 1.15;
    private readonly double _a;
    private readonly double _b;
    private readonly double _c;
    private readonly double _ventricles;
    private readonly uint _seed;

    public HeadAnatomy(int seed)
    {
        SeededRandom random = SeededRandom.For(seed, 0x4EAD);
        double size = random.Uniform(0.95, 1.05);
        _a = 74 * size * random.Uniform(0.97, 1.03);
        _b = 92 * size * random.Uniform(0.97, 1.03);
        _c = 80 * size * random.Uniform(0.97, 1.03);
        _ventricles = random.Uniform(0.85, 1.4);
        _seed = (uint)random.NextUInt64();
    }

    /// <summary>Semi-axes of the outer surface, mm: left–right, anterior–posterior, foot–head.</summary>
    public PatientVector SemiAxes => new(_a, _b, _c);

    /// <summary>Depth below the skin along the line to the centre, mm; negative outside.</summary>
    public double Depth(double x, double y, double z)
    {
        double e = Math.Sqrt(x * x / (_a * _a) + y * y / (_b * _b) + z * z / (_c * _c));
        return e < 1e-6 ? _c : Math.Sqrt(x * x + y * y + z * z) * (1 / e - 1);
    }

    /// <summary>Depth of the brain's surface below the skin, mm.</summary>
    public static double BrainDepth => InnerTable + 2;

    /// <summary>The noise of this head, for one thread.</summary>
    public SmoothNoise Noise() => new(_seed, 4);

    /// <summary>Signal on T1 and what contrast agent adds to it, both relative to white matter on T1.</summary>
    public (double T1, double Enhancement) Signal(double x, double y, double z, double contrast, SmoothNoise noise)
    {
        double depth = Depth(x, y, z);
        if (depth < 0)
            return (0, 0);
        if (depth < InnerTable)
            return Cover(depth);
        if (Math.Abs(x) < 3.5 - 0.4 * (depth - InnerTable) && z > -20 && depth < InnerTable + 7)
            return (0.45, 1.3);
        if (depth < BrainDepth)
            return (0.28, 0.02);
        return Brain(x, y, z, depth - BrainDepth, contrast, noise);
    }

    private static (double T1, double Enhancement) Cover(double depth) => depth switch
    {
        < 1.2 => (0.8, 0.2),
        < Scalp => (1.6, 0.02),
        < Scalp + 2 => (0.12, 0),
        < InnerTable - 2 => (0.5, 0.05),
        _ => (0.1, 0.05),
    };

    private (double T1, double Enhancement) Brain(double x, double y, double z, double depth, double contrast, SmoothNoise noise)
    {
        double ventricle = Ventricles(x, y, z);
        if (ventricle > 0.5)
            return (0.27, 0);
        double grey = 1 - 0.25 * contrast;
        double deep = depth > 12 ? DeepGrey(x, y, z) : 0;
        double sulcus = 0, cortex = 1 - NoiseField.Step(2.5, 3.5, depth);
        if (depth < 16)
        {
            double reach = NoiseField.Step(16, 9, depth);
            double fold = Math.Abs(noise.Value(0, x / 11, y / 11, z / 11)
                + 0.35 * noise.Value(1, x / 5, y / 5, z / 5));
            sulcus = reach * (1 - NoiseField.Step(0.05, 0.11, fold));
            cortex = Math.Max(cortex, reach * (1 - NoiseField.Step(0.24, 0.32, fold)));
        }

        double tissue = NoiseField.Lerp(1, grey, Math.Max(cortex, deep));
        double t1 = NoiseField.Lerp(NoiseField.Lerp(tissue, 0.28, sulcus), 0.27, NoiseField.Step(0, 0.5, ventricle));
        return (t1, 0.04 + Vessel(x, y, z, sulcus, noise));
    }

    private static double Vessel(double x, double y, double z, double sulcus, SmoothNoise noise)
    {
        // Where two smooth random functions are both zero lies a network of winding lines.
        double first = Math.Abs(noise.Value(2, x / 17, y / 17, z / 17));
        if (first > 0.09)
            return 0;
        double second = Math.Abs(noise.Value(3, x / 17, y / 17, z / 17));
        double tube = 1 - NoiseField.Step(0.04, 0.09, Math.Sqrt(first * first + second * second));
        return tube * (0.5 + 0.5 * sulcus);
    }

    private double Ventricles(double x, double y, double z)
    {
        // Outside of this box both are 0.
        double side = Math.Abs(x), reach = VentricleEdge * _ventricles;
        if (Math.Abs(y - 4) > 33 * reach || Math.Abs(z) > 12 * reach + 12)
            return 0;
        double lateral = Ellipsoid(side - (9 + 0.004 * y * y), y - 4, z - 12 + 0.006 * y * y, 6.5, 33, 9);
        double third = Ellipsoid(x, y, z + 4, 3, 14, 12);
        return Math.Max(lateral, third);
    }

    private double Ellipsoid(double x, double y, double z, double a, double b, double c) =>
        NoiseField.Step(VentricleEdge, 0.85, Math.Sqrt(x * x / (a * a) + y * y / (b * b) + z * z / (c * c)) / _ventricles);

    private static double DeepGrey(double x, double y, double z)
    {
        double side = Math.Abs(x) - 19;
        // Outside of this box it is 0.
        if (Math.Abs(side) > 11 || Math.Abs(y - 2) > 17 || Math.Abs(z - 2) > 12)
            return 0;
        double e = Math.Sqrt(side * side / 90 + (y - 2) * (y - 2) / 230 + (z - 2) * (z - 2) / 110);
        return NoiseField.Step(1.1, 0.9, e);
    }
}
