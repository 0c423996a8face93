namespace DicomRn.Learning.Inference;

/// <summary>The answer for one lesion.</summary>
public enum LesionDecision
{
    /// <summary>Neither class is decided; the reason says why.</summary>
    Undetermined,

    /// <summary>Radiation necrosis.</summary>
    RadiationNecrosis,

    /// <summary>Progression of the metastasis.</summary>
    Progression,
}
