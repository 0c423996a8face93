namespace DicomRn.Learning.Finetuning;

/// <summary>A group of clinical variables: one token of the fusion.</summary>
public enum ClinicalGroup
{
    /// <summary>Age and sex.</summary>
    Patient,

    /// <summary>Primary tumour.</summary>
    Primary,

    /// <summary>Dose and fractions of the radiosurgery, whole-brain radiotherapy.</summary>
    Radiotherapy,

    /// <summary>Whether the lesion had been operated on.</summary>
    Surgery,

    /// <summary>Months since radiosurgery.</summary>
    Time,

    /// <summary>Volume of the lesion.</summary>
    Volume,
}
