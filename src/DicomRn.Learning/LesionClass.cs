namespace DicomRn.Learning;

/// <summary>What a lesion that grows or enhances after radiosurgery is.</summary>
public enum LesionClass
{
    /// <summary>Radiation necrosis: the answer 0 of a model.</summary>
    RadiationNecrosis = 0,

    /// <summary>Progression of the metastasis: the answer 1 of a model.</summary>
    Progression = 1,
}
