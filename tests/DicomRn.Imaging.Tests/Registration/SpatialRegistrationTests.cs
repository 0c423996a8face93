using DicomRn.Imaging.Export;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Registration;
using DicomRn.Imaging.Tests.Export;

namespace DicomRn.Imaging.Tests.Registration;

public sealed class SpatialRegistrationTests
{
    private const string A = "2.25.11", B = "2.25.12", C = "2.25.13", D = "2.25.14";

    private static readonly RigidTransform Turn = RigidTransform.About(new PatientPoint(3, 4, 5), new PatientVector(0, 0, 0.3), new PatientVector(10, -20, 30));
    private static readonly RigidTransform Tilt = RigidTransform.About(new PatientPoint(-7, 0, 2), new PatientVector(0.2, 0, 0), new PatientVector(1, 2, 3));
    private static readonly PatientPoint Point = new(11, -22, 33);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_written_registration_is_valid_and_reads_back_in_both_directions()
    {
        using ExportedStudy study = await ExportedStudy.WriteAsync(Cancellation);
        string path = Path.Combine(study.Folder, "reg.dcm");

        await Export(study, study.Read.Series.StudyInstanceUid).ToDicomFile().SaveAsync(path);

        await ExportedStudy.RequireValidAsync(path, Cancellation);
        SpatialRegistration read = SpatialRegistration.Read((await DicomFile.OpenAsync(path)).Dataset);
        RegistrationPath back = RegistrationPath.Find([read], "2.25.7777", "2.25.1003")!;
        RegistrationPath there = RegistrationPath.Find([read], "2.25.1003", "2.25.7777")!;
        Assert.Equal(["2.25.7001"], there.SopInstanceUids);
        Assert.True(there.Transform.Apply(Point).DistanceTo(Turn.Apply(Point)) < 1e-9);
        Assert.True(back.Transform.Apply(Turn.Apply(Point)).DistanceTo(Point) < 1e-9);
        Assert.Equal(study.Read.Series.Instances.Select(i => i.SopInstanceUid), read.Registrations[0].ReferencedSopInstanceUids);
    }

    [Fact]
    public async Task A_moving_series_of_another_study_is_referenced_there()
    {
        using ExportedStudy study = await ExportedStudy.WriteAsync(Cancellation);
        string path = Path.Combine(study.Folder, "reg.dcm");

        DicomFile file = Export(study, "2.25.8888").ToDicomFile();
        await file.SaveAsync(path);

        await ExportedStudy.RequireValidAsync(path, Cancellation);
        Assert.Single(file.Dataset.Items(DicomTag.ReferencedSeriesSequence));
        Assert.Equal("2.25.8888", Assert.Single(file.Dataset.Items(DicomTag.StudiesContainingOtherReferencedInstancesSequence)).Text(DicomTag.StudyInstanceUID));
    }

    [Fact]
    public void The_matrix_of_an_item_takes_the_source_to_the_registered_frame()
    {
        DicomDataset dataset = Registration(A, (B, [Shift(1, 2, 3)]));

        RegistrationPath path = RegistrationPath.Find([SpatialRegistration.Read(dataset)], B, A)!;

        Assert.Equal(new PatientPoint(1, 2, 3), path.Transform.Apply(PatientPoint.Origin));
    }

    [Fact]
    public void Several_matrices_multiply_in_the_order_of_their_items()
    {
        FrameOfReferenceRegistration item = Assert.Single(SpatialRegistration.Read(Registration(A, (B, [Turn, Tilt]))).Registrations);

        Assert.True(item.SourceToRegistered!.Apply(Point).DistanceTo(Turn.Apply(Tilt.Apply(Point))) < 1e-9);
        Assert.True(item.DependsOnOrder);
        Assert.False(Assert.Single(SpatialRegistration.Read(Registration(A, (B, [Turn, RigidTransform.Identity]))).Registrations).DependsOnOrder);
    }

    [Fact]
    public void What_depends_on_the_order_is_no_way_from_one_frame_to_another() =>
        Assert.Null(RegistrationPath.Find([SpatialRegistration.Read(Registration(A, (B, [Turn, Tilt])))], B, A));

    [Fact]
    public void Two_sources_of_one_object_are_joined_through_the_registered_frame()
    {
        SpatialRegistration both = SpatialRegistration.Read(Registration(A, (B, [Turn]), (C, [Tilt])));

        RigidTransform transform = RegistrationPath.Find([both], C, B)!.Transform;

        Assert.True(transform.Apply(Point).DistanceTo(Turn.Inverse.Apply(Tilt.Apply(Point))) < 1e-9);
    }

    [Fact]
    public void A_chain_of_objects_is_followed_by_the_fewest_steps()
    {
        SpatialRegistration first = SpatialRegistration.Read(Registration(B, (A, [Turn])));
        SpatialRegistration second = SpatialRegistration.Read(Registration(C, (B, [Tilt])));
        SpatialRegistration direct = SpatialRegistration.Read(Registration(C, (A, [Shift(1, 1, 1)])));

        RegistrationPath chain = RegistrationPath.Find([first, second], A, C)!;
        Assert.True(chain.Transform.Apply(Point).DistanceTo(Tilt.Apply(Turn.Apply(Point))) < 1e-9);
        Assert.Equal(2, chain.SopInstanceUids.Count);
        Assert.Single(RegistrationPath.Find([first, second, direct], A, C)!.SopInstanceUids);
        Assert.Null(RegistrationPath.Find([first, second], A, D));
    }

    [Fact]
    public void Of_two_registrations_of_the_same_frames_the_newer_one_is_taken()
    {
        DicomDataset old = Registration(A, (B, [Shift(1, 0, 0)])), recent = Registration(A, (B, [Shift(2, 0, 0)]));
        old.AddOrUpdate(DicomTag.ContentDate, "20250101");
        recent.AddOrUpdate(DicomTag.ContentDate, "20260101");

        RegistrationPath path = RegistrationPath.Find([SpatialRegistration.Read(old), SpatialRegistration.Read(recent)], B, A)!;

        Assert.Equal(2, path.Transform.Translation.X);
    }

    [Fact]
    public void An_item_that_names_images_only_has_the_frame_of_its_images()
    {
        DicomDataset dataset = Registration(A, ("", [Turn]));
        dataset.Items(DicomTag.RegistrationSequence).Single().AddOrUpdate(new DicomSequence(
            DicomTag.ReferencedImageSequence, ExportModules.Reference("1.2.840.10008.5.1.4.1.1.4", "2.25.5")));
        SpatialRegistration read = SpatialRegistration.Read(dataset);

        Assert.NotNull(RegistrationPath.Find([read], B, A, image => image == "2.25.5" ? B : null));
        Assert.Null(RegistrationPath.Find([read], B, A));
    }

    [Fact]
    public void A_matrix_that_scales_gives_no_way_but_the_reason()
    {
        DicomDataset dataset = Registration(A, (B, [Turn]));
        Matrix(dataset).AddOrUpdate(DicomTag.FrameOfReferenceTransformationMatrix, "1.1", "0", "0", "0", "0", "1", "0", "0", "0", "0", "1", "0", "0", "0", "0", "1");

        SpatialRegistration read = SpatialRegistration.Read(dataset);

        Assert.Contains("scales or shears", read.Registrations[0].NotRigid, StringComparison.Ordinal);
        Assert.Null(RegistrationPath.Find([read], B, A));
    }

    [Fact]
    public void A_damaged_registration_is_refused_by_name_and_reason()
    {
        DicomDataset noFrame = Registration("", (B, [Turn]));
        DicomDataset noItems = Registration(A);
        DicomDataset shortMatrix = Registration(A, (B, [Turn]));
        Matrix(shortMatrix).NotValidated().AddOrUpdate(DicomTag.FrameOfReferenceTransformationMatrix, "1", "0", "0");
        DicomDataset noMatrix = Registration(A, (B, []));

        Assert.Contains("no Frame of Reference UID", Refusal(noFrame), StringComparison.Ordinal);
        Assert.Contains("absent or empty", Refusal(noItems), StringComparison.Ordinal);
        Assert.Contains("instance 2.25.99 is no usable Spatial Registration: item 1 of its Registration Sequence has a matrix of 3", Refusal(shortMatrix), StringComparison.Ordinal);
        Assert.Contains("no transformation matrix", Refusal(noMatrix), StringComparison.Ordinal);
        Assert.Contains("is no Spatial Registration", Refusal(new DicomDataset { { DicomTag.SOPClassUID, DicomUID.MRImageStorage } }), StringComparison.Ordinal);
    }

    private static string Refusal(DicomDataset dataset) => Assert.Throws<InvalidDataException>(() => SpatialRegistration.Read(dataset)).Message;

    private static DicomDataset Matrix(DicomDataset dataset) => dataset.Items(DicomTag.RegistrationSequence).First()
        .Items(DicomTag.MatrixRegistrationSequence).First().Items(DicomTag.MatrixSequence).First();

    private static RigidTransform Shift(double x, double y, double z) => RigidTransform.About(PatientPoint.Origin, default, new PatientVector(x, y, z));

    private static SpatialRegistrationExport Export(ExportedStudy study, string movingStudy) => new()
    {
        Fixed = study.Read,
        Moving = study.Read with
        {
            Series = study.Read.Series with
            {
                StudyInstanceUid = movingStudy,
                SeriesInstanceUid = "2.25.7776",
                FrameOfReferenceUid = "2.25.7777",
                Instances = [.. study.Read.Series.Instances.Select((i, n) => i with { SopInstanceUid = $"2.25.7778.{n + 1}" })],
            },
        },
        FixedToMoving = Turn,
        SopInstanceUid = "2.25.7001",
        Series = new ExportSeries { SeriesInstanceUid = "2.25.7000", Number = 9002, Description = "Registration", Date = ExportedStudy.Study.Date },
        Equipment = ExportedStudy.Equipment,
        Comment = "accepted",
    };

    private static DicomDataset Registration(string registered, params (string Source, RigidTransform[] Matrices)[] items)
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.SpatialRegistrationStorage },
            { DicomTag.SOPInstanceUID, "2.25.99" },
            { DicomTag.FrameOfReferenceUID, registered },
        };
        dataset.Add(new DicomSequence(DicomTag.RegistrationSequence, [.. items.Select(i => new DicomDataset
        {
            { DicomTag.FrameOfReferenceUID, i.Source },
            new DicomSequence(DicomTag.MatrixRegistrationSequence, new DicomDataset
            {
                new DicomSequence(DicomTag.MatrixSequence, [.. i.Matrices.Select(m => new DicomDataset
                {
                    { DicomTag.FrameOfReferenceTransformationMatrix, DecimalText.Of(m.ToMatrix()) },
                })]),
            }),
        })]));
        return dataset;
    }
}
