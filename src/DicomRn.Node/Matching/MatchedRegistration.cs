using DicomRn.Imaging.Registration;

namespace DicomRn.Node.Matching;

/// <summary>How contours of another frame of reference came to that of the T1CE series.</summary>
internal sealed record MatchedRegistration
{
    /// <summary>Frame of reference of the contours.</summary>
    public required string ContourFrameOfReferenceUid { get; init; }

    /// <summary>The 4×4 matrix, row by row: takes points of the T1CE series (LPS, mm) to the frame of reference of the contours; of a deformation its rigid part.</summary>
    public required IReadOnlyList<double> FixedToMoving { get; init; }

    /// <summary>Spatial Registrations of the study that were used, in order; empty where the registration was made here.</summary>
    public IReadOnlyList<MatchedObject> Received { get; init; } = [];

    /// <summary>The planning series that was registered here; null where a received registration was used.</summary>
    public PlanningSeries? Planning { get; init; }

    /// <summary>Quality of a registration made here.</summary>
    public RegistrationQuality? Quality { get; init; }

    /// <summary>Why a registration made here is refused; empty where it is not.</summary>
    public IReadOnlyList<string> Refusals { get; init; } = [];

    /// <summary>The same in words.</summary>
    public required string Text { get; init; }

    /// <summary>The transform.</summary>
    /// <exception cref="InvalidDataException">The matrix is none.</exception>
    public RigidTransform Transform() => RigidTransform.FromMatrix([.. FixedToMoving]);
}

/// <summary>An instance of the study.</summary>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SopInstanceUid">SOP Instance UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
internal sealed record MatchedObject(string SopClassUid, string SopInstanceUid, string SeriesInstanceUid)
{
    /// <summary>Study Instance UID; null where it is that of the study.</summary>
    public string? StudyInstanceUid { get; init; }
}

/// <summary>The series that contours were drawn on.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Modality">MR or CT.</param>
/// <param name="Files">Its files.</param>
internal sealed record PlanningSeries(string SeriesInstanceUid, string Modality, IReadOnlyList<string> Files);
