namespace DicomRn.Learning.Phantoms;

/// <summary>Which of two made-up hospitals a phantom was scanned at, if either: their scanners differ, and so does their share of necrosis.</summary>
public enum PhantomCentre
{
    /// <summary>1 mm isotropic gradient echo, low noise, strong enhancement; 40 % of the lesions are necrosis.</summary>
    First,

    /// <summary>0.9 × 0.9 × 1.5 mm, softer, noisier, more shading, weaker enhancement; 30 % of the lesions are necrosis.</summary>
    Second,

    /// <summary>Neither: a mix of other scanners, each patient's drawn from ranges wider than both centres'; 35 % are necrosis.</summary>
    Elsewhere,
}
