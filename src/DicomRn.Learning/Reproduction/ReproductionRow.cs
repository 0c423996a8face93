namespace DicomRn.Learning.Reproduction;

/// <summary>A row of the table.</summary>
/// <param name="Centre"><c>first</c> (held-out lesions of the same centre) or <c>second</c> (external).</param>
/// <param name="Model">The model.</param>
/// <param name="N">Lesions.</param>
/// <param name="Auc">Area under the ROC curve.</param>
/// <param name="Low">Lower end of DeLong's 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="P">Paired DeLong test against the self-supervised model; null for itself.</param>
/// <param name="Paper">The area in the paper's abstract, of patients; null for a control.</param>
/// <param name="Phantom">Always true: no patient is in it.</param>
public sealed record ReproductionRow(
    string Centre, string Model, int N, double Auc, double Low, double High, double? P, double? Paper, bool Phantom = true);
