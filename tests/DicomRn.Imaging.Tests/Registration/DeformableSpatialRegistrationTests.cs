using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;

namespace DicomRn.Imaging.Tests.Registration;

public sealed class DeformableSpatialRegistrationTests
{
    private static readonly RigidTransform Before = RigidTransform.About(new PatientPoint(1, 2, 3), new PatientVector(0, 0.1, 0), new PatientVector(4, 0, 0));
    private static readonly RigidTransform After = RigidTransform.About(new PatientPoint(0, 5, 0), new PatientVector(0.1, 0, 0), new PatientVector(0, -3, 1));

    [Fact]
    public void A_point_goes_through_the_first_matrix_the_displacement_and_the_second_matrix()
    {
        DeformableSpatialRegistration read = Assert.Single(DeformableSpatialRegistration.Read(Dataset()));
        PatientPoint p = new(2, 3.5, -1);

        PatientPoint source = read.ToSource(p)!.Value;

        // The displacement grows along x from 0 at the first vector, by 0.1 mm per mm.
        PatientPoint expected = After.Apply(Before.Apply(p) + new PatientVector(0.1 * (p.X + 10), 0, 1));
        Assert.True(source.DistanceTo(expected) < 1e-4);
        Assert.True(read.ToRegistered(source)!.Value.DistanceTo(p) < 2e-3);
        Assert.Equal(("2.25.11", "2.25.12"), (read.RegisteredFrameOfReferenceUid, read.SourceFrameOfReferenceUid));
    }

    [Fact]
    public void Beyond_the_grid_there_is_no_answer() =>
        Assert.Null(DeformableSpatialRegistration.Read(Dataset())[0].ToSource(new PatientPoint(60, 0, 0)));

    [Fact]
    public void Without_a_grid_the_matrices_act_alone()
    {
        DicomDataset dataset = Dataset();
        dataset.Items(DicomTag.DeformableRegistrationSequence).Single().Remove(DicomTag.DeformableRegistrationGridSequence);

        PatientPoint source = DeformableSpatialRegistration.Read(dataset)[0].ToSource(new PatientPoint(60, 0, 0))!.Value;

        Assert.True(source.DistanceTo(After.Apply(Before.Apply(new PatientPoint(60, 0, 0)))) < 1e-9);
    }

    [Fact]
    public void A_grid_with_too_little_data_is_refused()
    {
        DicomDataset dataset = Dataset();
        dataset.Items(DicomTag.DeformableRegistrationSequence).Single().Items(DicomTag.DeformableRegistrationGridSequence).Single()
            .AddOrUpdate(DicomTag.GridDimensions, 400u, 400u, 400u);

        string message = Assert.Throws<InvalidDataException>(() => DeformableSpatialRegistration.Read(dataset)).Message;

        Assert.Contains("instance 2.25.98", message, StringComparison.Ordinal);
        Assert.Contains("64000000 vectors", message, StringComparison.Ordinal);
    }

    private static DicomDataset Dataset()
    {
        float[] vectors = new float[3 * 5 * 4 * 3];
        for (int n = 0; n < vectors.Length / 3; n++)
            (vectors[3 * n], vectors[3 * n + 2]) = (0.1f * 5 * (n % 5), 1);
        DicomDataset grid = new()
        {
            { DicomTag.ImageOrientationPatient, "1", "0", "0", "0", "1", "0" },
            { DicomTag.ImagePositionPatient, "-10", "-10", "-10" },
            { DicomTag.GridDimensions, 5u, 4u, 3u },
            { DicomTag.GridResolution, 5.0, 8.0, 10.0 },
            new DicomOtherFloat(DicomTag.VectorGridData, vectors),
        };
        return new DicomDataset
        {
            { DicomTag.SOPClassUID, DicomUID.DeformableSpatialRegistrationStorage },
            { DicomTag.SOPInstanceUID, "2.25.98" },
            { DicomTag.FrameOfReferenceUID, "2.25.11" },
            new DicomSequence(DicomTag.DeformableRegistrationSequence, new DicomDataset
            {
                { DicomTag.SourceFrameOfReferenceUID, "2.25.12" },
                new DicomSequence(DicomTag.PreDeformationMatrixRegistrationSequence, Matrix(Before)),
                new DicomSequence(DicomTag.PostDeformationMatrixRegistrationSequence, Matrix(After)),
                new DicomSequence(DicomTag.DeformableRegistrationGridSequence, grid),
            }),
        };
    }

    private static DicomDataset Matrix(RigidTransform t) => new() { { DicomTag.FrameOfReferenceTransformationMatrix, DecimalText.Of(t.ToMatrix()) } };
}
