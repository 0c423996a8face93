namespace DicomRn.Learning.Explanation;

/// <summary>How far a model's attention maps can be believed, measured on phantoms.</summary>
/// <param name="Model">Name and version of the pack.</param>
/// <param name="Fingerprint">The pack's.</param>
/// <param name="Phantoms">Number of phantom patients, one lesion each.</param>
/// <param name="Seed">Decides the phantoms and the random weights.</param>
/// <param name="Agreement">Agreement with where the look of a class is, for maps and for controls.</param>
/// <param name="Occlusion">Rank correlation with occlusion.</param>
/// <param name="Sanity">What is left of the maps when the model forgets, part by part; each step includes those before.</param>
public sealed record ExplanationResult(
    string Model, string Fingerprint, int Phantoms, int Seed,
    IReadOnlyList<ExplanationAgreement> Agreement, IReadOnlyList<ExplanationOcclusion> Occlusion, IReadOnlyList<ExplanationSanity> Sanity);

/// <summary>Agreement of a map with the patches in which the look of a class can be seen, over lesions.</summary>
/// <param name="Map">Which map, or which control.</param>
/// <param name="Auc">Probability that such a patch has more of the map than another one.</param>
/// <param name="LesionAuc">The same among the patches that the lesion touches.</param>
/// <param name="Enrichment">Share of the map in such patches over their share of all patches.</param>
/// <param name="Hits">Share of lesions whose highest patch is such a patch.</param>
public sealed record ExplanationAgreement(string Map, MeanOverLesions Auc, MeanOverLesions LesionAuc, MeanOverLesions Enrichment, MeanOverLesions Hits);

/// <summary>Spearman's correlation between a map and the change of the logit when a patch is occluded.</summary>
/// <param name="Map">Which map, or which control.</param>
/// <param name="Correlation">-1 to 1.</param>
public sealed record ExplanationOcclusion(string Map, MeanOverLesions Correlation);

/// <summary>Spearman's correlation between a map and the same map after a part of the model has new random weights.</summary>
/// <param name="Part">The last part that was forgotten.</param>
/// <param name="Map">Which map.</param>
/// <param name="Correlation">-1 to 1.</param>
public sealed record ExplanationSanity(string Part, string Map, MeanOverLesions Correlation);
