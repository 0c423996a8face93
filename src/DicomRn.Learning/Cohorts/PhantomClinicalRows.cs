using DicomRn.Learning.Phantoms;

namespace DicomRn.Learning.Cohorts;

/// <summary>
/// The clinical columns of a phantom cohort. Linked to the label: months since radiosurgery at the index scan (log-normal, medians
/// 11 for necrosis and 7 for progression, spread 0.5 of the logarithm) and dose (1 Gy more for necrosis, spread 1.5 Gy
/// around the dose of the fractionation). Not linked: age, sex, primary, fractions, whole-brain radiotherapy, surgery. Values are missing at random, whatever
/// the label: at the first centre primary 5 %, whole-brain radiotherapy 5 %, surgery 10 %, dose with fractions 10 %, months
/// 5 %; at the second twice as often. Unlabelled patients have none.
/// </summary>
internal sealed class PhantomClinicalRows
{
    private const double DaysPerMonth = 30.4375;

    private readonly PhantomClinicalData[] _lesions;
    private readonly CohortClinicalData[] _atIndex;

    public PhantomClinicalRows(PhantomPatient patient)
    {
        _lesions = [.. patient.Classes.Select((c, n) => PhantomClinicalData.Draw(patient.Seed, c, n))];
        double rate = patient.Centre == PhantomCentre.First ? 1 : 2;
        SeededRandom random = SeededRandom.For(patient.Seed, 0x3155);
        bool Missing(double share) => random.Next() < rate * share;
        PhantomClinicalData first = _lesions[0];
        CohortClinicalData person = new()
        {
            AgeYears = first.AgeYears,
            Sex = first.Sex == "F" ? PatientSex.Female : PatientSex.Male,
            Primary = Missing(0.05) ? null : first.Primary,
            WholeBrainRadiotherapy = Missing(0.05) ? null : first.WholeBrainRadiotherapy,
        };
        _atIndex =
        [
            .. _lesions.Select(l =>
            {
                bool noSurgery = Missing(0.1), noDose = Missing(0.1), noMonths = Missing(0.05);
                return person with
                {
                    Surgery = noSurgery ? null : l.Surgery,
                    DoseGy = noDose ? null : l.DoseGy,
                    Fractions = noDose ? null : l.Fractions,
                    MonthsSinceRadiosurgery = noMonths ? null : l.MonthsSinceRadiosurgery,
                };
            }),
        ];
    }

    /// <summary>Days between the scans: about six to fifteen weeks, and all after the radiosurgery of every lesion.</summary>
    public int[] Days(PhantomPatient patient)
    {
        SeededRandom random = SeededRandom.For(patient.Seed, 0xDA75);
        double longest = 0.8 * DaysPerMonth * _lesions.Min(l => l.MonthsSinceRadiosurgery) / Math.Max(1, patient.Scans - 1);
        int[] days = new int[patient.Scans];
        for (int scan = 1; scan < days.Length; scan++)
            days[scan] = days[scan - 1] + Math.Max(1, (int)Math.Min(random.Uniform(45, 110), longest));
        return days;
    }

    /// <summary>Months of a scan relative to the index scan, which is the last: 0 or less.</summary>
    public static double MonthsBeforeIndex(int[] days, int scan) => (days[scan] - days[^1]) / DaysPerMonth;

    /// <summary>The columns of one lesion on one scan.</summary>
    public CohortClinicalData Of(int lesion, double monthsBeforeIndex, double volumeMm3) => _atIndex[lesion] with
    {
        MonthsSinceRadiosurgery = _atIndex[lesion].MonthsSinceRadiosurgery is { } months ? Math.Round(months + monthsBeforeIndex, 1) : null,
        LesionVolumeMm3 = Math.Round(volumeMm3, 1),
    };
}
