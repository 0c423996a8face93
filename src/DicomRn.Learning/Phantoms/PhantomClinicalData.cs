namespace DicomRn.Learning.Phantoms;

/// <summary>
/// What would be known of the patient at the time of the MRI. Months since radiosurgery and dose are weakly linked to
/// the class of the first lesion (medians 11 against 7 months; 1 Gy more for necrosis), all else is not.
/// </summary>
/// <param name="AgeYears">Years.</param>
/// <param name="Sex"><c>F</c> or <c>M</c> (Patient's Sex, PS3.3 C.7.1.1).</param>
/// <param name="Primary">Primary tumour.</param>
/// <param name="DoseGy">Total radiosurgery dose, Gy.</param>
/// <param name="Fractions">Number of fractions.</param>
/// <param name="MonthsSinceRadiosurgery">Months between radiosurgery and the MRI.</param>
/// <param name="WholeBrainRadiotherapy">Whether whole-brain radiotherapy had been given.</param>
/// <param name="Surgery">Whether the lesion had been operated on.</param>
public sealed record PhantomClinicalData(
    int AgeYears,
    string Sex,
    string Primary,
    double DoseGy,
    int Fractions,
    double MonthsSinceRadiosurgery,
    bool WholeBrainRadiotherapy,
    bool Surgery)
{
    private static readonly string[] Primaries = ["breast", "NSCLC", "NSCLC", "SCLC", "melanoma", "kidney", "colon"];

    internal static PhantomClinicalData Draw(int seed, LesionClass lesionClass, int lesion = 0)
    {
        SeededRandom random = SeededRandom.For(seed, 0xC11A, (uint)lesion);
        bool necrosis = lesionClass == LesionClass.RadiationNecrosis;
        int fractions = random.Next() < 0.7 ? 1 : random.Next() < 0.5 ? 3 : 5;
        double dose = fractions switch { 1 => 20, 3 => 27, _ => 30 };
        return new PhantomClinicalData(
            random.Integer(34, 82),
            random.Next() < 0.5 ? "F" : "M",
            Primaries[random.Integer(0, Primaries.Length - 1)],
            Math.Round(dose + random.Normal() * 1.5 + (necrosis ? 1 : 0)),
            fractions,
            Math.Round(Math.Clamp(random.LogNormal(necrosis ? 11 : 7, 0.5), 2, 60), 1),
            random.Next() < 0.2,
            random.Next() < 0.25);
    }
}
