using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Registration;

public sealed class RigidRegistrationTests
{
    private static readonly RigidTransform Moved = RigidTransform.About(
        PatientPoint.Origin, new PatientVector(14, -11, 17) * (Math.PI / 180), new PatientVector(22, -16, 9));

    private static readonly RegistrationOptions Quick = new() { Samples = 40_000 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_moved_head_is_found_again(bool ct)
    {
        AnalyticHead head = new(1);

        RegistrationResult result = RigidRegistration.Register(
            head.Image(RigidTransform.Identity), head.Image(Moved, ct, seed: 6), Quick, cancellationToken: Cancellation);

        Assert.True(Error(result) < (ct ? 0.8 : 0.4), $"{Error(result)} mm, {result.Quality}");
        Assert.True(result.Accepted, string.Join("; ", result.Refusals));
    }

    [Fact]
    public void The_shading_of_the_coils_does_not_draw_the_result_off()
    {
        // Left in the images, it draws the result off by 0.20 mm.
        AnalyticHead head = new(5);
        Volume<float> still = Shaded(head.Image(RigidTransform.Identity), 0.15), moving = Shaded(head.Image(Moved, seed: 8), -0.12);

        RegistrationResult result = RigidRegistration.Register(still, moving, cancellationToken: Cancellation);

        Assert.True(Error(result) < 0.15, $"{Error(result)} mm, {result.Quality}");
    }

    [Fact]
    public void A_part_of_the_head_is_enough()
    {
        AnalyticHead head = new(2);
        Volume<float> slab = head.Image(RigidTransform.About(PatientPoint.Origin, new PatientVector(0.1, 0.05, -0.15), new PatientVector(5, 8, 12)), height: 80);

        RegistrationResult result = RigidRegistration.Register(head.Image(RigidTransform.Identity), slab, Quick, cancellationToken: Cancellation);

        Assert.True(
            result.FixedToMoving.DistanceTo(
                RigidTransform.About(PatientPoint.Origin, new PatientVector(0.1, 0.05, -0.15), new PatientVector(5, 8, 12)), PatientPoint.Origin, 70) < 0.6,
            $"{result.FixedToMoving} {result.Quality}");
    }

    [Fact]
    public void The_same_images_give_the_same_numbers()
    {
        AnalyticHead head = new(3);
        Volume<float> a = head.Image(RigidTransform.Identity), b = head.Image(Moved, seed: 7);

        RegistrationResult first = RigidRegistration.Register(a, b, Quick, cancellationToken: Cancellation);
        RegistrationResult second = RigidRegistration.Register(a, b, Quick, cancellationToken: Cancellation);

        Assert.Equal(first.FixedToMoving.ToMatrix(), second.FixedToMoving.ToMatrix());
        Assert.Equal(first.Quality, second.Quality);
    }

    [Fact]
    public void An_image_of_something_else_is_refused_with_the_numbers()
    {
        Volume<float> head = new AnalyticHead(4).Image(RigidTransform.Identity), noise = new(head.Geometry);
        Random random = new(1);
        foreach (ref float value in noise.Voxels.AsSpan())
            value = (float)random.NextDouble() * 500;

        RegistrationResult result = RigidRegistration.Register(head, noise, Quick, cancellationToken: Cancellation);

        Assert.False(result.Accepted, result.Quality.ToString());
        Assert.All(result.Refusals, r => Assert.Matches(@"\d", r));
    }

    [Fact]
    public void A_mirrored_image_and_another_head_are_refused()
    {
        Volume<float> head = new AnalyticHead(7).Image(RigidTransform.Identity), mirrored = new AnalyticHead(7).Image(Moved, seed: 9);
        for (int start = 0; start < mirrored.Voxels.Length; start += mirrored.Geometry.Columns)
            mirrored.Voxels.AsSpan(start, mirrored.Geometry.Columns).Reverse();

        RegistrationResult exchanged = RigidRegistration.Register(head, mirrored, Quick, cancellationToken: Cancellation);
        RegistrationResult other = RigidRegistration.Register(head, new AnalyticHead(8).Image(Moved, seed: 9), Quick, cancellationToken: Cancellation);

        Assert.Contains(exchanged.Refusals, r => r.Contains("left and right exchanged", StringComparison.Ordinal));
        Assert.Contains(other.Refusals, r => r.Contains("another head", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_of_nothing_is_refused()
    {
        AnalyticHead head = new(6);
        Volume<float> nothing = new(head.Image(RigidTransform.Identity).Geometry);

        Assert.False(RigidRegistration.Register(head.Image(RigidTransform.Identity), nothing, Quick, cancellationToken: Cancellation).Accepted);
    }

    [Fact]
    public void Options_out_of_range_are_all_told()
    {
        RegistrationOptions wrong = new() { Samples = 5, Restarts = 0, Gates = new RegistrationGates { MinimumOverlap = 2, MaximumLocalShiftMm = double.NaN } };

        string[] errors = [.. wrong.Errors()];

        Assert.Equal(4, errors.Length);
        Assert.Throws<ArgumentException>(() => RigidRegistration.Register(new Volume<float>(Grid), new Volume<float>(Grid), wrong, cancellationToken: Cancellation));
    }

    [Fact]
    public void A_limit_that_is_broken_is_named_with_both_numbers()
    {
        RegistrationQuality good = new() { Information = 1.3, Overlap = 0.9, InverseConsistencyMm = 0.1, RestartSpreadMm = 0.1, LocalShiftMm = 0.1, MirroredShare = 0.5 };
        RegistrationGates gates = new();

        Assert.Empty(gates.Judge(good));
        Assert.Equal("both directions disagree by 9.00 mm, above 1.00 mm", Assert.Single(gates.Judge(good with { InverseConsistencyMm = 9 })));
        Assert.Single(gates.Judge(good with { LocalShiftMm = double.NaN }));
        Assert.Single(gates.Judge(good with { MirroredShare = 1.2 }));
        Assert.Single(gates.Judge(good with { Information = 1.01 }));
        Assert.Single(gates.Judge(good with { Overlap = 0.2 }));
        Assert.Single(gates.Judge(good with { RestartSpreadMm = 5 }));
    }

    // A logarithm of about ± strength over the head.
    private static double Shade(PatientPoint p, double strength) => strength * (Math.Sin(p.X / 50 + 0.4) + Math.Sin(p.Y / 70 - 0.3) * Math.Cos(p.Z / 60));

    private static Volume<float> Shaded(Volume<float> image, double strength)
    {
        VolumeGeometry g = image.Geometry;
        Volume<float> result = new(g);
        for (int n = 0; n < result.Voxels.Length; n++)
        {
            PatientPoint p = g.ToPatient(new VoxelPoint(n % g.Columns, n / g.Columns % g.Rows, n / (g.Columns * g.Rows)));
            result.Voxels[n] = (float)(image.Voxels[n] * Math.Exp(Shade(p, strength)));
        }

        return result;
    }

    private static VolumeGeometry Grid => VolumeGeometry.Axial(4, 4, 4, 2, PatientPoint.Origin);

    private static double Error(RegistrationResult result) => result.FixedToMoving.DistanceTo(Moved, PatientPoint.Origin, 70);
}
