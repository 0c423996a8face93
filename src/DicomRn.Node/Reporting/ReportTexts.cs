using System.Globalization;
using DicomRn.Imaging.Series;
using DicomRn.Node.Classification;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Reporting;

/// <summary>The sentences that stand in SR, SEG descriptions and overlays. None names the patient.</summary>
internal static class ReportTexts
{
    /// <summary>What no reader may miss.</summary>
    public const string Standing = "AI result, for research use only, not verified by a physician.";

    /// <summary>The same for a picture.</summary>
    public const string Banner = "AI · RESEARCH USE · NOT VERIFIED";

    /// <summary>What stands behind a series description of a result.</summary>
    public const string SeriesSuffix = "AI, research use, not verified";

    /// <summary>The class in words.</summary>
    public static string Of(LesionClass lesionClass) => lesionClass switch
    {
        LesionClass.RadiationNecrosis => "radiation necrosis",
        LesionClass.TumourProgression => "tumour progression",
        LesionClass.Undetermined => "undetermined",
        _ => "not classified",
    };

    /// <summary>One line on a lesion.</summary>
    public static string Of(LesionResult lesion) => lesion.Probability is { } p
        ? string.Create(CultureInfo.InvariantCulture, $"{lesion.TrackingId}: {Of(lesion.Class)}, P(necrosis) = {p * 100:0.0} %")
        : $"{lesion.TrackingId}: {Of(lesion.Class)}";

    /// <summary>The clinical variables that the model was told of a lesion, with their values; null where there are none.</summary>
    public static string? ClinicalUsed(LesionResult lesion) =>
        Joined(lesion.Clinical.Where(c => c.Value is not null).Select(c => $"{c.Name}: {c.Value}"));

    /// <summary>Those that it asks for and that are missing; null where there are none.</summary>
    public static string? ClinicalMissing(LesionResult lesion) => Joined(lesion.Clinical.Where(c => c.Value is null).Select(c => c.Name));

    /// <summary>What the model was trained on, for every place that shows a result.</summary>
    public static string Of(ModelIdentity model) => model.TrainedOnPhantoms
        ? $"Model {model.Name} {model.Version} was trained on synthetic phantoms only and has seen no patient. {model.TrainingData}".Trim()
        : $"Model {model.Name} {model.Version}. {model.TrainingData}".Trim();

    /// <summary>A remark on images that were compressed with loss; null where they were not.</summary>
    public static string? Of(LossyCompression? lossy)
    {
        if (lossy is null)
            return null;
        string method = lossy.Methods.Count > 0 ? $" ({string.Join(", ", lossy.Methods)})" : "";
        string ratio = lossy.Ratios.Count > 0 ? $" by a factor of {string.Join(", then ", lossy.Ratios)}" : "";
        return $"Images of the series were compressed with loss{method}{ratio}: measurements and the classification rest on altered pixels.";
    }

    /// <summary>The same, short enough for a line of a picture.</summary>
    public static string Line(ModelIdentity model) =>
        $"Model {model.Name} {model.Version}{(model.TrainedOnPhantoms ? ": trained on synthetic phantoms only, has seen no patient" : "")}";

    private static string? Joined(IEnumerable<string> texts) => string.Join("; ", texts) is { Length: > 0 } joined ? joined : null;
}
