using System.ComponentModel.DataAnnotations;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Matching;

/// <summary>What is done when several series reach the same score within <see cref="SeriesChoiceSettings.TieMargin"/>.</summary>
public enum SeriesTieRule
{
    /// <summary>The study is not answered.</summary>
    Refuse,

    /// <summary>The series with the thinnest slices is taken; if that does not decide, the study is not answered.</summary>
    Thinnest,

    /// <summary>The series acquired last is taken; if that does not decide, the study is not answered.</summary>
    Latest,
}

/// <summary>Section <c>Matching:Series</c>: how the contrast-enhanced T1 series is recognised.</summary>
public sealed record SeriesChoiceSettings : IValidatedSettings
{
    /// <summary>Points for T1 weighting that a series needs at least. Lower it where sequence names say little. Default 2.</summary>
    [Range(0, 20)]
    public double MinimumT1 { get; init; } = 2;

    /// <summary>Points for contrast agent that a series needs at least. Default 2; at 0 a native T1 series may be taken.</summary>
    [Range(0, 20)]
    public double MinimumContrast { get; init; } = 2;

    /// <summary>Sum of all points that a series needs at least. Default 5.</summary>
    [Range(0, 50)]
    public double MinimumScore { get; init; } = 5;

    /// <summary>Series whose scores differ by no more than this are equally likely. Default 0.5.</summary>
    [Range(0, 10)]
    public double TieMargin { get; init; } = 0.5;

    /// <summary>What is done with equally likely series. Default: the one with the thinnest slices.</summary>
    public SeriesTieRule Tie { get; init; } = SeriesTieRule.Thinnest;

    /// <summary>Series with fewer images are no volume and are rejected. Default 8.</summary>
    [Range(2, 1000)]
    public int MinimumImages { get; init; } = 8;

    /// <summary>
    /// The site's own name for its T1CE series: a regular expression on description, protocol and sequence name. A match
    /// counts as full evidence of T1 weighting and contrast agent. Default: none.
    /// </summary>
    public string? T1cePattern { get; init; }

    /// <summary>
    /// Whether the images of likely series are looked at, too: whether they show a head, and whether the series is brighter than one before
    /// contrast agent in the same study and frame of reference. Default: yes; without it attributes alone decide.
    /// </summary>
    public bool ImageCheck { get; init; } = true;

    /// <summary>
    /// Part of the tissue that must be brighter (by a quarter or more) beyond the part that is darker, in the series after contrast agent of two
    /// of the same sequence. Default 0.005.
    /// </summary>
    [Range(0.0001, 0.5)]
    public double MinimumEnhancement { get; init; } = 0.005;

    /// <summary>
    /// Which volume is taken of a series that holds several (temporal positions, echoes, stacks), from 1, as the message that refuses them counts.
    /// Default (null): such a series is not answered.
    /// </summary>
    [Range(1, 1000)]
    public int? Stack { get; init; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors) => SettingPattern.Check(errors, nameof(T1cePattern), T1cePattern);
}
