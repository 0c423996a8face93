using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// Rigid registration of two images of one head, MR or CT, in any position: normalised mutual information on three levels, from many
/// beginnings, in both directions. The result is the mean of both directions; how far they, and further searches, disagree is its
/// quality. Deterministic.
/// </summary>
public static class RigidRegistration
{
    /// <summary>Registers.</summary>
    /// <param name="fixedImage">The image whose frame of reference the result starts from, such as the follow-up T1CE.</param>
    /// <param name="movingImage">The image whose frame of reference it leads to, such as the planning MR or CT.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Is told the fraction done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">Options out of range.</exception>
    public static RegistrationResult Register(
        Volume<float> fixedImage, Volume<float> movingImage, RegistrationOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new RegistrationOptions();
        string[] errors = [.. options.Errors()];
        if (errors.Length > 0)
            throw new ArgumentException(string.Join("; ", errors), nameof(options));

        RegistrationImage[] prepared = new RegistrationImage[2];
        Parallel.For(0, 2, new ParallelOptions { CancellationToken = cancellationToken }, n =>
            prepared[n] = RegistrationImage.Prepare(n == 0 ? fixedImage : movingImage, cancellationToken));
        (RegistrationImage still, RegistrationImage moving) = (prepared[0], prepared[1]);
        progress?.Report(0.2);
        DirectedSearch forward = new(still, moving, options.Samples, (ulong)options.Seed, cancellationToken);
        DirectedSearch backward = new(moving, still, options.Samples, (ulong)options.Seed + 1, cancellationToken);
        (RigidTransform Pose, Similarity At)[] ways = new (RigidTransform, Similarity)[2];
        ParallelOptions parallel = new() { CancellationToken = cancellationToken };
        Parallel.For(0, 2, parallel, n => ways[n] = (n == 0 ? forward : backward).Run());
        progress?.Report(0.6);
        (RigidTransform there, RigidTransform back, Similarity at) = (ways[0].Pose, ways[1].Pose.Inverse, ways[0].At);
        RigidTransform result = Mean(there, back, forward.Center);
        double spread = 0, shift = 0, mirrored = 0;
        Action[] checks =
        [
            () => mirrored = forward.MirroredShare(result),
            () => spread = RegistrationChecks.RestartSpread(forward, result, options.Restarts, options.Samples, cancellationToken),
            () => shift = RegistrationChecks.LocalShift(forward, result, options.Samples, cancellationToken),
        ];
        Parallel.ForEach(checks, parallel, check => check());
        RegistrationQuality quality = new()
        {
            Information = at.Information,
            Overlap = at.Overlap,
            InverseConsistencyMm = there.DistanceTo(back, forward.Center, PoseAscent.Radius),
            RestartSpreadMm = spread,
            LocalShiftMm = shift,
            MirroredShare = mirrored,
        };
        progress?.Report(1);
        return new RegistrationResult { FixedToMoving = result, Quality = quality, Refusals = options.Gates.Judge(quality) };
    }

    // Half of the way from one to the other, about the moved centre.
    private static RigidTransform Mean(RigidTransform a, RigidTransform b, PatientPoint center)
    {
        PatientPoint moved = a.Apply(center);
        RigidTransform difference = a.Inverse.Then(b);
        return a.Then(RigidTransform.About(moved, difference.RotationVector() * 0.5, (difference.Apply(moved) - moved) * 0.5));
    }
}
