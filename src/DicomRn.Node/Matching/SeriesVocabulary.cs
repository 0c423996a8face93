using System.Text.RegularExpressions;

namespace DicomRn.Node.Matching;

/// <summary>
/// The words in which vendors and sites name sequences. Words are matched between separators (anything that is no
/// letter, digit or plus), because <c>GD</c> is contrast agent in <c>T1_GD</c> and nothing in <c>KGD12</c>.
/// </summary>
internal static partial class SeriesVocabulary
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Names of T1 weighting.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])(t1[a-z]*|[a-z0-9]*t1(w|ce|c|gd)?|t1\+c)(?![a-z0-9])", Options)]
    public static partial Regex T1();

    /// <summary>Names of the three-dimensional T1 sequences of the vendors.</summary>
    [GeneratedRegex(@"mp-?rage|mp2rage|tfl3?d?(?![a-z])|bravo|(?<![a-z])[ef]?spgr|fspgr|3d[ _-]?tfe|(?<![a-z])tfe|(?<![a-z])(vibe|thrive|lava|flash3?d?|fl3d)(?![a-z])|mpr(?=[ _-]?(sag|ax|tra|cor|ge|\+|gd|km|post))", Options)]
    public static partial Regex Volumetric();

    /// <summary>Names of fast spin echo volumes, which exist with T1 and with T2 weighting.</summary>
    [GeneratedRegex(@"(?<![a-z])(cube|space|vista|spc|bright[ _-]?blood|mvox)(?![a-z])", Options)]
    public static partial Regex FastSpinEchoVolume();

    /// <summary>Contrast agent given.</summary>
    [GeneratedRegex(@"\+ ?c(?![a-z])|\+ ?(gd|km|gad\w*)|(?<![a-z0-9])(t1)?(ce|gd|gado?\w*|post(?![a-z])(?![ _-]?(op|surg|rt|srs|rad|treat|ther))\w*|post(con\w*|gd|gad\w*|km)|km|contrast|enhanced|c\+|dotarem|gadovist|prohance|multihance|magnevist)(?![a-z0-9])|t1c(?![a-z0-9])", Options)]
    public static partial Regex Contrast();

    /// <summary>No contrast agent given.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])(pre(?![a-z])(?![ _-]?(op|surg|rt|srs|rad|treat|ther))\w*|pre(con\w*|gd|gad\w*|km)|nat|nativ\w*|non?[ _-]?(contrast|ce|gd|km)|without|w/?o|ohne|plain|unenhanced|non-?enhanced|c-)(?![a-z0-9])|- ?c(?![a-z0-9])", Options)]
    public static partial Regex Native();

    /// <summary>Other weightings and techniques.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])(t2\w*|[a-z0-9]*t2|flair|tirm|stir|dark[ _-]?fluid|pd\w*|swi|swan|venbold|tof|mra|angio\w*|dwi|dti|diff\w*|adc|trace\w*|[a-z]*ep2d\w*|epi|perf\w*|dsc|dce|asl|pcasl|rcbv|cbv|cbf|mtt|ttp|bold|fmri|mrs|spectro\w*|csi|field[ _-]?map\w*|b0|b1map|phase|pha|r2|ciss|fiesta)(?![a-z0-9])", Options)]
    public static partial Regex OtherWeighting();

    /// <summary>Scouts.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])(loc|localizer\w*|localiser\w*|scout\w*|survey\w*|aahead\w*|3[ _-]?plane\w*|plan_?scan|topogram)(?![a-z0-9])", Options)]
    public static partial Regex Localizer();

    /// <summary>Images computed from others.</summary>
    [GeneratedRegex(@"(?<![a-z0-9])(mip\w*|minip|mnip|sub|subtr\w*|subtraction|reformat\w*|mpr_?range|mean|average_?map|processed|screen\w*|capture\w*|colou?r\w*)(?![a-z0-9])", Options)]
    public static partial Regex Derived();

    /// <summary>Head and brain.</summary>
    [GeneratedRegex(@"(?<![a-z])(brain|head|skull|cerebr\w*|cranial|cranium|neuro\w*|intracran\w*|kopf|sch(ae|ä)del\w*|hirn|cabeza|cerveau|t(e|ê)te|stereota\w*|gamma ?knife|srs)(?![a-z])", Options)]
    public static partial Regex Brain();

    /// <summary>Other parts of the body.</summary>
    [GeneratedRegex(@"(?<![a-z])(extremity|chest|thorax\w*|lung|abdomen|abdominal|pelvis|pelvic|liver|prostate|breast|heart|cardiac|[ctl]?-?spine|spinal|wirbels\w*|knee|hip|shoulder|ankle|foot|hand|wrist|elbow|leg|arm|thigh|femur|arm|kidney|rectum|uterus|neck)(?![a-z])", Options)]
    public static partial Regex OtherBodyPart();
}
