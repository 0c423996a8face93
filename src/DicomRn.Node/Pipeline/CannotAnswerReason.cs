namespace DicomRn.Node.Pipeline;

/// <summary>Why a study was not answered. The names are stable: they are stored and shown to programs.</summary>
public enum CannotAnswerReason
{
    /// <summary>The study holds no MR image (nothing to do).</summary>
    NoMrImages,

    /// <summary>Everything in the study was written by this program (nothing to do).</summary>
    OnlyOwnResults,

    /// <summary>No series shows enough evidence of a contrast-enhanced T1 weighting.</summary>
    NoContrastEnhancedT1,

    /// <summary>Several series are equally likely to be the T1CE series.</summary>
    AmbiguousSeries,

    /// <summary>The images are not of a brain.</summary>
    NotABrain,

    /// <summary>The T1CE series is no regular volume, or its pixels cannot be read.</summary>
    SeriesUnusable,

    /// <summary>The study holds neither an RT Structure Set nor a Segmentation.</summary>
    ContoursMissing,

    /// <summary>There are contours, but none that the settings take for a lesion, or all of them are empty.</summary>
    NoLesionContour,

    /// <summary>The contours belong to another frame of reference than the T1CE series.</summary>
    OtherFrameOfReference,

    /// <summary>The contours lie outside the T1CE volume although the frame of reference is the same.</summary>
    ContoursOutsideImage,

    /// <summary>Images and contours name different patients.</summary>
    PatientMismatch,

    /// <summary>The contours cannot be read.</summary>
    ContoursUnusable,

    /// <summary>The contours belong to another frame of reference, and the registration to it did not pass its quality gates.</summary>
    RegistrationRefused,
}
