using System.Globalization;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Classification;

/// <summary>Turns a probability into a class.</summary>
internal static class LesionDecision
{
    /// <summary>The class of a probability of radiation necrosis, and the remark that goes with "undetermined".</summary>
    public static (LesionClass Class, string? Remark) Of(double probability, ClassificationOptions options)
    {
        if (probability >= options.NecrosisFrom)
            return (LesionClass.RadiationNecrosis, null);
        if (probability <= options.ProgressionUpTo)
            return (LesionClass.TumourProgression, null);
        return (LesionClass.Undetermined, string.Create(
            CultureInfo.InvariantCulture,
            $"The probability of radiation necrosis, {probability * 100:0.0} %, lies between {options.ProgressionUpTo * 100:0.#} % and {options.NecrosisFrom * 100:0.#} %: undetermined."));
    }
}
