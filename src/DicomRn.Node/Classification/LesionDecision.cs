using System.Globalization;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Classification;

/// <summary>The class of a lesion: by the model's own rule, or by the thresholds of the settings where they are set.</summary>
internal static class LesionDecision
{
    /// <summary>The prediction with the class that the settings give it; a model that does not apply stays so.</summary>
    public static LesionPrediction Apply(LesionPrediction prediction, ClassificationOptions options)
    {
        if (prediction is not { Class: not LesionClass.NotClassified, Probability: { } probability }
            || options is not { NecrosisFrom: { } necrosisFrom, ProgressionUpTo: { } progressionUpTo })
            return prediction;
        if (probability >= necrosisFrom)
            return prediction with { Class = LesionClass.RadiationNecrosis, Remark = null };
        if (probability <= progressionUpTo)
            return prediction with { Class = LesionClass.TumourProgression, Remark = null };
        return prediction with
        {
            Class = LesionClass.Undetermined,
            Remark = string.Create(
                CultureInfo.InvariantCulture,
                $"The probability of radiation necrosis, {probability * 100:0.0} %, lies between {progressionUpTo * 100:0.#} % and {necrosisFrom * 100:0.#} %: undetermined."),
        };
    }

    /// <summary>The rule in words.</summary>
    public static string Rule(ModelIdentity model, ClassificationOptions options) =>
        options is { NecrosisFrom: { } necrosisFrom, ProgressionUpTo: { } progressionUpTo }
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Radiation necrosis from a probability of {necrosisFrom * 100:0.#} %, tumour progression up to {progressionUpTo * 100:0.#} %, undetermined between (settings of the site).")
            : model.Rule;
}
