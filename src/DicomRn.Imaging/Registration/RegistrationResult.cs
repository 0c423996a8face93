namespace DicomRn.Imaging.Registration;

/// <summary>A registration and whether it may be relied on.</summary>
public sealed record RegistrationResult
{
    /// <summary>Takes a point of the fixed image's frame of reference to that of the moving image (LPS, mm).</summary>
    public required RigidTransform FixedToMoving { get; init; }

    /// <summary>What speaks for or against it.</summary>
    public required RegistrationQuality Quality { get; init; }

    /// <summary>Why it is refused, one sentence per broken limit; empty where it is accepted.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>Whether it keeps all limits. A refused one must not carry anything from one image to the other.</summary>
    public bool Accepted => Refusals.Count == 0;
}
