using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>The codes under which the SR says why a study has no answer, and what a person can do about it.</summary>
internal static class ReasonCodes
{
    private static readonly Dictionary<CannotAnswerReason, (CodedConcept Code, string WhatToDo)> Table = new()
    {
        [CannotAnswerReason.NoMrImages] = (
            Private("NOMR", "No MR images"),
            "Send the MR images of the study."),
        [CannotAnswerReason.OnlyOwnResults] = (
            Private("OWNRESULTS", "Only results of this software"),
            "Nothing: the study holds nothing but results of this program."),
        [CannotAnswerReason.NoContrastEnhancedT1] = (
            new CodedConcept("130580", "DCM", "Inadequate contrast enhancement"),
            "Send the contrast-enhanced T1 series. If it is there under an unusual name, set Matching:Series:T1cePattern for this site, or process the study with --assume-t1ce SERIES_UID."),
        [CannotAnswerReason.AmbiguousSeries] = (
            Private("AMBIGUOUS", "Several series equally likely"),
            "Process the study with --assume-t1ce SERIES_UID, or set Matching:Series:Tie or Matching:Series:T1cePattern for this site."),
        [CannotAnswerReason.NotABrain] = (
            new CodedConcept("130576", "DCM", "Anatomy coverage incomplete"),
            "Send MR images of the brain. If this is a brain, correct Body Part Examined, or process the study with --assume-t1ce SERIES_UID."),
        [CannotAnswerReason.SeriesUnusable] = (
            Private("UNUSABLESERIES", "Image series is not a usable volume"),
            "Send the complete, original series: all slices, one orientation, even spacing, no gantry tilt."),
        [CannotAnswerReason.ContoursMissing] = (
            new CodedConcept("130574", "DCM", "Incomplete study"),
            "Send an RT Structure Set or a Segmentation of the lesions, drawn on this contrast-enhanced T1 series, into this study."),
        [CannotAnswerReason.NoLesionContour] = (
            Private("NOLESION", "No lesion contour"),
            "Name the lesion contours as Matching:Lesions expects them, give them the interpreted type GTV, or adapt Matching:Lesions for this site."),
        [CannotAnswerReason.OtherFrameOfReference] = (
            Private("OTHERFRAME", "Contours in another frame of reference"),
            "Send the planning series or a Spatial Registration (REG) into this study, or transfer the contours to the follow-up contrast-enhanced T1 series in the planning system and send the new structure set."),
        [CannotAnswerReason.RegistrationRefused] = (
            Private("REGISTRATION", "Registration not reliable"),
            "Register the planning images to the follow-up contrast-enhanced T1 series in the planning system, check it, and send the Spatial Registration (REG) or the transferred structure set."),
        [CannotAnswerReason.ContoursOutsideImage] = (
            Private("OUTSIDE", "Contours outside the image volume"),
            "Check that the contours were drawn on this series; send a structure set that fits it."),
        [CannotAnswerReason.PatientMismatch] = (
            Private("PATIENT", "Images and contours of different patients"),
            "Check Patient ID and birth date of images and contours, correct them at their source, and send them again."),
        [CannotAnswerReason.ContoursUnusable] = (
            Private("UNUSABLECONTOURS", "Contours cannot be read"),
            "Export the structure set or segmentation again; its contours cannot be read as they are."),
    };

    /// <summary>A reason with its code.</summary>
    public static StudyReason Reason(CannotAnswerReason kind, string text) => new(kind, Table[kind].Code, text);

    /// <summary>What a person can do, one or two sentences.</summary>
    public static string WhatToDo(CannotAnswerReason kind) => Table[kind].WhatToDo;

    private static CodedConcept Private(string value, string meaning) => new(value, ReportCodes.PrivateScheme, meaning);
}
