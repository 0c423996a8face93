using DicomRn.Imaging.Registration;

namespace DicomRn.Commands;

/// <summary>What <c>dicomrn register</c> writes to <c>registration.json</c>.</summary>
internal sealed record RegistrationReport
{
    /// <summary>The 4×4 matrix, row by row: takes points of the fixed image (LPS, mm) to the moving one.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> FixedToMoving { get; init; }

    /// <summary>Coordinates of the matrix.</summary>
    public string Coordinates { get; init; } = "LPS, mm";

    /// <summary>Whether the registration may be relied on.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Why not, a sentence per broken limit.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>Angle of the rotation, degrees.</summary>
    public required double RotationDegrees { get; init; }

    /// <summary>The measures.</summary>
    public required RegistrationQuality Quality { get; init; }

    /// <summary>The limits.</summary>
    public required RegistrationGates Gates { get; init; }

    /// <summary>The fixed image.</summary>
    public required RegisteredInput Fixed { get; init; }

    /// <summary>The moving image.</summary>
    public required RegisteredInput Moving { get; init; }

    /// <summary>Files written, without folder.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What was not written, and why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>One of both images.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="SeriesInstanceUid">Null for a NIfTI file.</param>
/// <param name="FrameOfReferenceUid">Null for a NIfTI file.</param>
internal sealed record RegisteredInput(string Path, string? SeriesInstanceUid, string? FrameOfReferenceUid);
