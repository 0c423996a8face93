using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Learning.Phantoms;

/// <summary>
/// A synthetic patient after radiosurgery: T1 with contrast agent, lesions with their masks and their truth. It stands in for
/// patients in tests, demonstrations and the training of the shipped model; nothing learned from it is fit for clinical use.
/// </summary>
public sealed class PhantomHead
{
    private PhantomHead(
        Volume<float> t1ce, Volume<float>? t1, IReadOnlyList<PhantomLesionTruth> lesions, PhantomClinicalData clinical)
    {
        T1ce = t1ce;
        UnenhancedT1 = t1;
        Lesions = lesions;
        Clinical = clinical;
    }

    /// <summary>T1 with contrast agent, arbitrary units, 0 or more (white matter around 500 × the scanner's gain).</summary>
    public Volume<float> T1ce { get; }

    /// <summary>T1 before contrast agent on the same grid, when asked for.</summary>
    public Volume<float>? UnenhancedT1 { get; }

    /// <summary>The lesions, in order.</summary>
    public IReadOnlyList<PhantomLesionTruth> Lesions { get; }

    /// <summary>What would be known of the patient.</summary>
    public PhantomClinicalData Clinical { get; }

    /// <summary>Makes a phantom.</summary>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    public static PhantomHead Generate(PhantomOptions options, CancellationToken cancellationToken = default)
    {
        PhantomScene scene = new(options);
        VolumeGeometry grid = scene.Style.Grid;
        Volume<float> t1ce = scene.Render(grid, enhanced: true, cancellationToken);
        Volume<float>? t1 = options.WithUnenhancedT1 ? scene.Render(grid, enhanced: false, cancellationToken) : null;
        PhantomLesionTruth[] lesions = [.. Enumerable.Range(0, scene.Lesions.Count).Select(n => PhantomMasks.Of(scene, n, grid))];
        return new PhantomHead(t1ce, t1, lesions, PhantomClinicalData.Draw(options.Seed, scene.Classes[0]));
    }

    /// <summary>The centre of the head of a seed in patient space (LPS, mm), for a grid of one's own.</summary>
    public static PatientPoint HeadCentre(int seed)
    {
        SeededRandom random = SeededRandom.For(seed, 0xCE47);
        return new PatientPoint(random.Uniform(-8, 8), random.Uniform(-15, 15), random.Uniform(-20, 20));
    }
}
