namespace DicomRn.Learning.Cohorts.Import.Molab;

/// <summary>A row of the clinical workbook: one lesion.</summary>
internal sealed record MolabLesion
{
    private const double DaysPerMonth = 30.4375;

    public required string Patient { get; init; }

    public required int Lesion { get; init; }

    public double? AgeYears { get; init; }

    public PatientSex? Sex { get; init; }

    public string? Primary { get; init; }

    public required IReadOnlyList<MolabCourse> WholeBrain { get; init; }

    public required IReadOnlyList<MolabCourse> Radiosurgery { get; init; }

    /// <summary>Days since MR1; null where no necrosis is recorded.</summary>
    public double? NecrosisDay { get; init; }

    public bool Surgery { get; init; }

    public double? SurgeryDay { get; init; }

    /// <summary>Days since MR1 of MR1…MR19, as far as recorded.</summary>
    public required IReadOnlyList<double> MrDays { get; init; }

    /// <summary>Necrosis where one is recorded, else progression; null without radiosurgery.</summary>
    public LesionClass? Label => Radiosurgery.Count == 0 ? null : NecrosisDay is null ? LesionClass.Progression : LesionClass.RadiationNecrosis;

    /// <summary>End of the first course of radiosurgery; null where no time is recorded.</summary>
    public double? RadiosurgeryEnd => Radiosurgery.Where(c => c.End is not null).Min(c => c.End);

    /// <summary>What was known on a day: nothing of what came later.</summary>
    public CohortClinicalData On(double day, double? volumeMm3)
    {
        MolabCourse? last = Radiosurgery.Where(c => c.End <= day).MaxBy(c => c.End);
        return new CohortClinicalData
        {
            AgeYears = AgeYears,
            Sex = Sex,
            Primary = Primary,
            DoseGy = last?.DosePerFractionGy * last?.Fractions,
            Fractions = last?.Fractions,
            MonthsSinceRadiosurgery = last is null ? null : Math.Round((day - last.End!.Value) / DaysPerMonth, 2),
            WholeBrainRadiotherapy = Before(WholeBrain.Count > 0, WholeBrain.Min(c => c.Begin), day),
            Surgery = Before(Surgery, SurgeryDay, day),
            LesionVolumeMm3 = volumeMm3,
        };
    }

    /// <summary>Null where it happened, but nobody knows when.</summary>
    private static bool? Before(bool happened, double? when, double day) => !happened ? false : when is null ? null : when <= day;
}
