namespace DicomRn.Learning.Packs;

/// <summary>
/// In how many training cases a clinical variable was known. Where it was missing in none and none was hidden
/// (<see cref="FusionDescription.HiddenShare"/>), the model never learnt what a missing value means, and does not apply to a lesion without it.
/// </summary>
/// <param name="Name">The variable, as reports name it.</param>
/// <param name="Known">Training cases with a value.</param>
/// <param name="Missing">Training cases without.</param>
public sealed record VariableCases(string Name, int Known, int Missing);
