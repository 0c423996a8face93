using System.Globalization;
using DicomRn.Learning.Cohorts;

namespace DicomRn.Node.Matching;

/// <summary>
/// What DICOM objects say of patient and lesion on the day of the images, for models that take it. What they do not say is missing:
/// nothing is guessed, and where several plans contradict each other, nothing is taken from them.
/// </summary>
internal sealed class KnownClinicalData
{
    private const double DaysPerMonth = 30.4375;
    private const int OldestYears = 120;

    private readonly CohortClinicalData _patient;
    private readonly DateOnly? _imaged;
    private readonly IReadOnlyList<TreatmentPlan> _plans;

    /// <param name="image">An image of the T1CE series.</param>
    /// <param name="plans">The RT Plans of the study.</param>
    /// <param name="contours">The structure set or segmentation that the lesions are of.</param>
    public KnownClinicalData(DicomDataset image, IReadOnlyList<StudyFile> plans, StudyFile contours)
    {
        _imaged = ImageDay.Of(image);
        _patient = new CohortClinicalData { AgeYears = Age(image), Sex = Sex(image) };
        PatientIdentity patient = PatientIdentity.Of(image);
        _plans = _imaged is not { } day ? [] :
        [
            .. plans.Where(p => patient.Contradictions(PatientIdentity.Of(p.Dataset)).Count == 0)
                .Select(p => TreatmentPlan.Of(p.Dataset, contours.SopInstanceUid, day)).OfType<TreatmentPlan>(),
        ];
    }

    /// <summary>What is known of a lesion.</summary>
    public CohortClinicalData Of(MatchedLesion lesion) => _patient with
    {
        LesionVolumeMm3 = lesion.VolumeMm3,
        MonthsSinceRadiosurgery = Agreed(p => (_imaged!.Value.DayNumber - p.Date.DayNumber) / DaysPerMonth),
        DoseGy = Agreed(p => p.DoseOf(lesion.Number)),
        Fractions = (int?)Agreed(p => p.Fractions),
    };

    private double? Agreed(Func<TreatmentPlan, double?> value) =>
        _plans.Select(value).Distinct().ToArray() is [{ } only] ? only : null;

    private static PatientSex? Sex(DicomDataset image) => Text(image, DicomTag.PatientSex).ToUpperInvariant() switch
    {
        "F" => PatientSex.Female,
        "M" => PatientSex.Male,
        _ => null,
    };

    /// <summary>Patient's Age or, without it, the full years between Patient's Birth Date and the images.</summary>
    private double? Age(DicomDataset image)
    {
        string stated = Text(image, DicomTag.PatientAge);
        double? years = null;
        if (stated.Length == 4 && int.TryParse(stated.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            years = stated[3] switch
            {
                'Y' => number,
                'M' => number / 12.0,
                'W' => number * 7 / 365.25,
                'D' => number / 365.25,
                _ => null,
            };
        }
        else if (_imaged is { } day && ImageDay.Parse(Text(image, DicomTag.PatientBirthDate).Replace(".", "", StringComparison.Ordinal)) is { } born)
        {
            years = day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);
        }

        // 000Y and 19000101 stand for an unknown age.
        return years is > 0 and <= OldestYears ? years : null;
    }

    private static string Text(DicomDataset d, DicomTag tag) => d.TryGetString(tag, out string? text) ? text?.Trim(' ', '\0') ?? "" : "";
}
