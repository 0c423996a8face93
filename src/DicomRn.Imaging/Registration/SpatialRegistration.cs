using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Registration;

/// <summary>
/// A Spatial Registration (1.2.840.10008.5.1.4.1.1.66.1; PS3.3 A.39.1, C.20.2): transforms from one or more sources to the frame of
/// reference of the instance.
/// </summary>
public sealed record SpatialRegistration
{
    private const double HeadRadius = 100, SameTransform = 0.1;

    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Frame of Reference UID (0020,0052) of the instance: the registered coordinate system, where all sources are taken to.</summary>
    public required string RegisteredFrameOfReferenceUid { get; init; }

    /// <summary>Content Date and Time as text that sorts; empty where absent.</summary>
    public string MadeAt { get; init; } = "";

    /// <summary>The sources, in the order of the instance.</summary>
    public required IReadOnlyList<FrameOfReferenceRegistration> Registrations { get; init; }

    /// <summary>Reads an instance.</summary>
    /// <exception cref="InvalidDataException">It is no Spatial Registration or is damaged; the message names it and the reason.</exception>
    public static SpatialRegistration Read(DicomDataset dataset)
    {
        if (dataset.Text(DicomTag.SOPClassUID) != DicomUID.SpatialRegistrationStorage.UID)
            throw new InvalidDataException($"{dataset.Describe()} is no Spatial Registration.");
        string registered = dataset.Text(DicomTag.FrameOfReferenceUID);
        if (registered.Length == 0)
            throw new InvalidDataException($"{dataset.Describe()} is no usable Spatial Registration: it has no Frame of Reference UID.");
        FrameOfReferenceRegistration[] items = [.. dataset.Items(DicomTag.RegistrationSequence).Select((item, n) => ReadItem(dataset, item, n + 1))];
        if (items.Length == 0)
            throw new InvalidDataException($"{dataset.Describe()} is no usable Spatial Registration: its Registration Sequence is absent or empty.");
        return new SpatialRegistration
        {
            SopInstanceUid = dataset.Text(DicomTag.SOPInstanceUID),
            RegisteredFrameOfReferenceUid = registered,
            MadeAt = dataset.Text(DicomTag.ContentDate) + dataset.Text(DicomTag.ContentTime),
            Registrations = items,
        };
    }

    private static FrameOfReferenceRegistration ReadItem(DicomDataset dataset, DicomDataset item, int number)
    {
        string source = item.Text(DicomTag.FrameOfReferenceUID);
        string[] images = [.. item.Items(DicomTag.ReferencedImageSequence).Select(i => i.Text(DicomTag.ReferencedSOPInstanceUID)).Where(u => u.Length > 0)];
        if (source.Length == 0 && images.Length == 0)
            throw Refuse("names neither a frame of reference nor images");
        DicomDataset[] matrices = [.. item.Items(DicomTag.MatrixRegistrationSequence).SelectMany(r => r.Items(DicomTag.MatrixSequence))];
        if (matrices.Length == 0)
            throw Refuse("has no transformation matrix");
        FrameOfReferenceRegistration result = new()
        {
            SourceFrameOfReferenceUid = source,
            ReferencedSopInstanceUids = images,
            SourceToRegistered = null,
        };
        List<RigidTransform> transforms = [];
        foreach (DicomDataset matrix in matrices)
        {
            double[] values = matrix.Numbers(DicomTag.FrameOfReferenceTransformationMatrix);
            if (values.Length != 16)
                throw Refuse($"has a matrix of {values.Length} readable values instead of 16");
            try
            {
                transforms.Add(RigidTransform.FromMatrix(values));
            }
            catch (InvalidDataException e)
            {
                return result with { NotRigid = $"{dataset.Describe()}, item {number} of its Registration Sequence, has {e.Message}" };
            }
        }

        // M₁ · M₂ · M₃ acts on a point from the right: the last one first.
        RigidTransform product = transforms.AsEnumerable().Reverse().Aggregate((a, b) => a.Then(b));
        RigidTransform opposite = transforms.Aggregate((a, b) => a.Then(b));
        return result with
        {
            SourceToRegistered = product,
            DependsOnOrder = product.DistanceTo(opposite, PatientPoint.Origin, HeadRadius) > SameTransform,
        };

        InvalidDataException Refuse(string why) =>
            new($"{dataset.Describe()} is no usable Spatial Registration: item {number} of its Registration Sequence {why}.");
    }
}
