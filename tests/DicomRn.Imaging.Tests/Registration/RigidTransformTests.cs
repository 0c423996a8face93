using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;

namespace DicomRn.Imaging.Tests.Registration;

public sealed class RigidTransformTests
{
    private static readonly Gen<PatientVector> Vectors = Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[-1, 1], (x, y, z) => new PatientVector(x, y, z));

    private static readonly Gen<RigidTransform> Transforms = Gen.Select(
        Vectors, Vectors, Vectors, (c, r, t) => RigidTransform.About(PatientPoint.Origin + c * 100, r * 1.5, t * 80));

    [Fact]
    public void The_inverse_and_the_matrix_bring_every_point_back() =>
        Gen.Select(Transforms, Vectors).Sample((t, v) =>
        {
            PatientPoint p = PatientPoint.Origin + v * 150;
            Assert.True(t.Inverse.Apply(t.Apply(p)).DistanceTo(p) < 1e-9);
            Assert.True(RigidTransform.FromMatrix(t.ToMatrix()).Apply(p).DistanceTo(t.Apply(p)) < 1e-9);
        });

    [Fact]
    public void Then_applies_the_first_before_the_second() =>
        Gen.Select(Transforms, Transforms, Vectors).Sample((a, b, v) =>
            Assert.True(a.Then(b).Apply(PatientPoint.Origin + v).DistanceTo(b.Apply(a.Apply(PatientPoint.Origin + v))) < 1e-9));

    [Fact]
    public void A_quarter_turn_about_the_long_axis_takes_left_to_posterior()
    {
        RigidTransform quarter = RigidTransform.About(new PatientPoint(10, 0, 0), new PatientVector(0, 0, Math.PI / 2), default);

        PatientPoint moved = quarter.Apply(new PatientPoint(11, 0, 5));

        Assert.True(moved.DistanceTo(new PatientPoint(10, 1, 5)) < 1e-12);
        Assert.Equal(90, quarter.Angle, 9);
    }

    [Fact]
    public void The_distance_is_the_root_mean_square_over_a_ball() =>
        Gen.Select(Transforms, Transforms, Vectors).Sample(
            (a, b, c) =>
            {
                PatientPoint center = PatientPoint.Origin + c * 50;
                double sum = 0;
                int count = 0;
                for (double x = -69; x < 70; x += 6)
                {
                    for (double y = -69; y < 70; y += 6)
                    {
                        for (double z = -69; z < 70; z += 6)
                        {
                            if (x * x + y * y + z * z > 70 * 70)
                                continue;
                            PatientPoint p = center + new PatientVector(x, y, z);
                            sum += Math.Pow(a.Apply(p).DistanceTo(b.Apply(p)), 2);
                            count++;
                        }
                    }
                }

                double expected = Math.Sqrt(sum / count);
                Assert.InRange(a.DistanceTo(b, center, 70), expected * 0.98 - 1e-9, expected * 1.02 + 1e-9);
            },
            iter: 20);

    [Fact]
    public void Its_text_is_its_matrix() => Assert.Equal("1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1", RigidTransform.Identity.ToString());

    [Theory]
    [InlineData(0, 2.0, "scales or shears")]
    [InlineData(0, -1.0, "mirrors")]
    [InlineData(12, 1.0, "last row")]
    [InlineData(3, double.NaN, "no numbers")]
    public void What_is_no_rigid_motion_is_refused_with_the_reason(int at, double value, string reason)
    {
        double[] matrix = RigidTransform.Identity.ToMatrix();
        matrix[at] = value;

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => RigidTransform.FromMatrix(matrix)).Message, StringComparison.Ordinal);
    }
}
