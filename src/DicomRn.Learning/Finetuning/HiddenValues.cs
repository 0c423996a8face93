using DicomRn.Learning.Cohorts;

namespace DicomRn.Learning.Finetuning;

/// <summary>Clinical data with some values hidden, as if they were missing.</summary>
internal static class HiddenValues
{
    private const uint Purpose = 0xC11D;

    /// <summary>The data of a case as one update of a training sees them.</summary>
    /// <param name="clinical">All that is known.</param>
    /// <param name="share">Share of the values that are hidden, each drawn for itself.</param>
    /// <param name="seed">Of the training.</param>
    /// <param name="number">Of the case over all updates.</param>
    public static CohortClinicalData Of(CohortClinicalData clinical, double share, int seed, long number)
    {
        if (share == 0)
            return clinical;
        SeededRandom random = SeededRandom.For(seed, Purpose, (uint)number);
        return clinical with
        {
            AgeYears = Shown(clinical.AgeYears),
            Sex = Shown(clinical.Sex),
            Primary = random.Next() < share ? null : clinical.Primary,
            DoseGy = Shown(clinical.DoseGy),
            Fractions = Shown(clinical.Fractions),
            WholeBrainRadiotherapy = Shown(clinical.WholeBrainRadiotherapy),
            Surgery = Shown(clinical.Surgery),
            MonthsSinceRadiosurgery = Shown(clinical.MonthsSinceRadiosurgery),
        };

        T? Shown<T>(T? value)
            where T : struct => random.Next() < share ? null : value;
    }
}
