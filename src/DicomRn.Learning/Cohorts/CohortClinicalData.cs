namespace DicomRn.Learning.Cohorts;

/// <summary>
/// What was known of patient and lesion on the day of the MRI. Null means that the value is missing, which is a state
/// of its own and never a 0 or a mean. Nothing that became known later belongs here.
/// </summary>
public sealed record CohortClinicalData
{
    /// <summary>Age, years.</summary>
    public double? AgeYears { get; init; }

    /// <summary>Sex.</summary>
    public PatientSex? Sex { get; init; }

    /// <summary>Primary tumour in the site's own words, such as <c>breast</c>, <c>NSCLC</c>, <c>melanoma</c>; <c>unknown</c> is a primary
    /// that was looked for and not found, and not a missing value.</summary>
    public string? Primary { get; init; }

    /// <summary>Total dose of the lesion's radiosurgery, Gy.</summary>
    public double? DoseGy { get; init; }

    /// <summary>Number of fractions of the lesion's radiosurgery.</summary>
    public int? Fractions { get; init; }

    /// <summary>Whether whole-brain radiotherapy had been given.</summary>
    public bool? WholeBrainRadiotherapy { get; init; }

    /// <summary>Whether the lesion had been operated on.</summary>
    public bool? Surgery { get; init; }

    /// <summary>Months from the lesion's radiosurgery to the MRI; negative before it.</summary>
    public double? MonthsSinceRadiosurgery { get; init; }

    /// <summary>Volume of the lesion on this MRI, mm³.</summary>
    public double? LesionVolumeMm3 { get; init; }
}
