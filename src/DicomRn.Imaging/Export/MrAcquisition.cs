namespace DicomRn.Imaging.Export;

/// <summary>How an MR series was acquired: MR Image Module (PS3.3 C.8.3.1) and contrast.</summary>
public sealed record MrAcquisition
{
    /// <summary>Scanning Sequence: SE, IR, GR, EP, RM.</summary>
    public IReadOnlyList<string> ScanningSequence { get; init; } = ["GR"];

    /// <summary>Sequence Variant: SK, MTC, SS, TRSS, SP, MP, OSP, NONE.</summary>
    public IReadOnlyList<string> SequenceVariant { get; init; } = ["SP"];

    /// <summary>MR Acquisition Type: 2D or 3D.</summary>
    public string AcquisitionType { get; init; } = "3D";

    /// <summary>Sequence Name; empty is left out.</summary>
    public string SequenceName { get; init; } = "";

    /// <summary>Repetition Time.</summary>
    public TimeSpan RepetitionTime { get; init; } = TimeSpan.FromMilliseconds(8);

    /// <summary>Echo Time.</summary>
    public TimeSpan EchoTime { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Inversion Time; null where there is no inversion.</summary>
    public TimeSpan? InversionTime { get; init; }

    /// <summary>Flip Angle, degrees.</summary>
    public double FlipAngle { get; init; } = 12;

    /// <summary>Echo Train Length.</summary>
    public int EchoTrainLength { get; init; } = 1;

    /// <summary>Magnetic Field Strength, tesla.</summary>
    public double FieldStrength { get; init; } = 3;

    /// <summary>Contrast/Bolus Agent; null where no contrast was given (the attributes are left out), empty where the site does not fill it in.</summary>
    public string? ContrastAgent { get; init; }

    /// <summary>Image Type: two to four values.</summary>
    public IReadOnlyList<string> ImageType { get; init; } = ["ORIGINAL", "PRIMARY", "M", "NORM"];
}
