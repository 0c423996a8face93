using DicomRn.Learning.Finetuning;

namespace DicomRn.Learning.Packs;

/// <summary>How a measured clinical variable becomes a number: (value on its scale - mean) / deviation, by the training cases.</summary>
/// <param name="Name"><c>age</c> (years), <c>dose</c> (Gy), <c>fractions</c>, <c>months</c> (since radiosurgery) or <c>volume</c> (mm³).</param>
/// <param name="Scale">What is standardised.</param>
/// <param name="Mean">Mean on that scale.</param>
/// <param name="Deviation">Standard deviation on that scale, above 0.</param>
public sealed record MeasuredVariable(string Name, VariableScale Scale, double Mean, double Deviation)
{
    /// <summary>The names of the measured variables of groups.</summary>
    internal static IEnumerable<string> Of(IEnumerable<ClinicalGroup> groups) => groups.SelectMany<ClinicalGroup, string>(g => g switch
    {
        ClinicalGroup.Patient => ["age"],
        ClinicalGroup.Radiotherapy => ["dose", "fractions"],
        ClinicalGroup.Time => ["months"],
        ClinicalGroup.Volume => ["volume"],
        _ => [],
    });

    internal static VariableScale ScaleOf(string name) => name switch
    {
        "months" => VariableScale.LogOnePlus,
        "volume" => VariableScale.Log,
        _ => VariableScale.Linear,
    };
}
