using System.ComponentModel.DataAnnotations;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Matching;

/// <summary>Section <c>Matching:Lesions</c>: which contours are lesions.</summary>
public sealed record LesionRoiSettings : IValidatedSettings
{
    internal static readonly string[] DefaultInterpretedTypes = ["GTV", SegmentationContours.AbnormalStructure];

    internal static readonly string[] DefaultExcludedInterpretedTypes =
    [
        "ORGAN", "EXTERNAL", "AVOIDANCE", "PTV", "CTV", "TREATED_VOLUME", "IRRAD_VOLUME", "BOLUS", "SUPPORT", "FIXATION", "MARKER",
        "REGISTRATION", "ISOCENTER", "CONTROL", "DOSE_REGION", "DOSE_MEASUREMENT", "CONTRAST_AGENT",
    ];

    /// <summary>
    /// RT ROI Interpreted Types that make a contour a lesion whatever its name. Where one contour has one of them, contours without are
    /// not considered. A segment whose category is Morphologically Abnormal Structure has the type ABNORMAL. Default (null): GTV and ABNORMAL.
    /// </summary>
    public IReadOnlyList<string>? InterpretedTypes { get; init; }

    /// <summary>
    /// Regular expression (case ignored) that the name of a lesion contour matches when no contour has one of
    /// <see cref="InterpretedTypes"/>.
    /// </summary>
    [Required]
    public string NamePattern { get; init; } =
        @"(?<![a-z])(p?gtv|i?tv|tumou?rs?|mets?|metast\w*|les(ion)?s?|targets?|cavit\w*|vol(ume)?|brainmets?|bm|necro\w*|rn|recurr\w*|an|avm|t)(?![a-z])";

    /// <summary>Regular expression (case ignored) of names that are never lesions, whatever their type. Default: organs, margins, rings, isodoses.</summary>
    public string? ExcludedNamePattern { get; init; } =
        @"(?<![a-z])(external|body|skin|skull|ptv|ctv|ring|shell|avoid\w*|brain ?stem|brainstem|chiasm\w*|optic\w*|cochlea\w*|eyes?|lens\w*|hippoc\w*|pituitary|iso\w*|\d+ ?%|\d+ ?gy|couch|frame|fiducials?|normal|healthy|ventricle\w*|edema|oedema|whole|brain$)(?![a-z])";

    /// <summary>RT ROI Interpreted Types that are never lesions. Default (null): ORGAN, EXTERNAL, AVOIDANCE, margins, and what is no tissue.</summary>
    public IReadOnlyList<string>? ExcludedInterpretedTypes { get; init; }

    /// <summary>
    /// Of two lesion contours of which the smaller one lies in the other by more than this part, only the first counts: they are the
    /// same lesion drawn twice. Default 0.5.
    /// </summary>
    [Range(0, 1)]
    public double MaximumOverlap { get; init; } = 0.5;

    /// <summary>Contours that cover less than this are dropped with a note, mm³. Default 0: every contour with a voxel is kept.</summary>
    [Range(0, 1_000_000)]
    public double MinimumVolumeMm3 { get; init; }

    /// <summary>Part of a contour's points that lies inside the image volume at least. Default 0.9.</summary>
    [Range(0, 1)]
    public double MinimumInside { get; init; } = 0.9;

    /// <summary>
    /// Part of a lesion's voxels that lies in tissue, not in air, at least, where its contours were drawn on another series of the same frame
    /// of reference. The same frame of reference is necessary, not sufficient. Default 0.5.
    /// </summary>
    [Range(0, 1)]
    public double MinimumInTissue { get; init; } = 0.5;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        SettingPattern.Check(errors, nameof(NamePattern), NamePattern);
        SettingPattern.Check(errors, nameof(ExcludedNamePattern), ExcludedNamePattern);
    }
}
