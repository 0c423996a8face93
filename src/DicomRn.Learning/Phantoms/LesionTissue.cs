namespace DicomRn.Learning.Phantoms;

/// <summary>What a lesion is at one position.</summary>
/// <param name="Enhancing">How strongly it enhances, 0 to about 1.1.</param>
/// <param name="Necrosis">Share of dead tissue, 0 to 1.</param>
/// <param name="Halo">Share of oedema around the lesion, 0 to 1.</param>
/// <param name="InContour">Inside what a reader would draw as the lesion.</param>
/// <param name="LooksNecrotic">In a region that looks as necrosis does, else as tumour does.</param>
/// <param name="ShowsPattern">The look can be seen here: there is enhancement.</param>
internal readonly record struct LesionTissue(
    double Enhancing, double Necrosis, double Halo, bool InContour, bool LooksNecrotic, bool ShowsPattern = false);
