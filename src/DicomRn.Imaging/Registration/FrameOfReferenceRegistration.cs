namespace DicomRn.Imaging.Registration;

/// <summary>One item of Registration Sequence (0070,0308): how points of a source come to the registered frame of reference.</summary>
public sealed record FrameOfReferenceRegistration
{
    /// <summary>Frame of Reference UID (0020,0052) of the source; empty where the item names images only.</summary>
    public required string SourceFrameOfReferenceUid { get; init; }

    /// <summary>SOP Instance UIDs of the images of the source (Referenced Image Sequence); may be empty.</summary>
    public required IReadOnlyList<string> ReferencedSopInstanceUids { get; init; }

    /// <summary>
    /// Takes a point of the source to the registered frame of reference: the product of all matrices of Matrix Sequence in the order of
    /// its items, M₁ · M₂ · … (PS3.3 C.20.2.1.1). Null where it is no rigid transform; then <see cref="NotRigid"/> says why.
    /// </summary>
    public required RigidTransform? SourceToRegistered { get; init; }

    /// <summary>Why there is no transform; empty where there is one.</summary>
    public string NotRigid { get; init; } = "";

    /// <summary>
    /// Whether several matrices would give another transform in the opposite order, by more than 0.1 mm in a head. Not all programs write
    /// the order that the standard asks for.
    /// </summary>
    public bool DependsOnOrder { get; init; }
}
