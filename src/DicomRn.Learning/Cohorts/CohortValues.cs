using System.Globalization;

namespace DicomRn.Learning.Cohorts;

/// <summary>The words of <c>cohort.csv</c> for what is not text.</summary>
internal static class CohortValues
{
    private static readonly (LesionClass Value, string Word)[] Labels =
        [(LesionClass.RadiationNecrosis, "RN"), (LesionClass.Progression, "progression")];

    private static readonly (CohortSplit Value, string Word)[] Splits =
    [
        (CohortSplit.Unlabelled, "unlabelled"), (CohortSplit.Development, "development"),
        (CohortSplit.HeldOut, "heldout"), (CohortSplit.External, "external"),
    ];

    private static readonly (PatientSex Value, string Word)[] Sexes = [(PatientSex.Female, "F"), (PatientSex.Male, "M")];

    private static readonly (bool Value, string Word)[] Answers = [(true, "yes"), (false, "no"), (true, "1"), (false, "0"), (true, "true"), (false, "false")];

    public static LesionClass Label(string text) => Word(text, Labels);

    public static CohortSplit Split(string text) => Word(text, Splits);

    public static PatientSex Sex(string text) => Word(text, Sexes);

    public static bool Answer(string text) => Word(text, Answers);

    public static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{text}' is not a number (decimals are written with a point)");

    public static double Positive(string text) => Number(text) is > 0 and var value ? value : throw new FormatException($"{text} is not above 0");

    public static double Age(string text) => Number(text) is >= 0 and <= 130 and var value ? value : throw new FormatException($"{text} is no age in years");

    public static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? value
            : throw new FormatException($"'{text}' is not a whole number of 1 or more");

    public static string Of(LesionClass? label) => Text(label, Labels);

    public static string Of(CohortSplit split) => Text<CohortSplit>(split, Splits);

    public static string Of(PatientSex? sex) => Text(sex, Sexes);

    public static string Of(bool? answer) => Text(answer, Answers);

    public static string Of(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    public static string Of(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static T Word<T>(string text, (T Value, string Word)[] words)
    {
        foreach ((T value, string word) in words)
        {
            if (string.Equals(text, word, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        throw new FormatException($"'{text}' is none of {string.Join(", ", words.Select(w => w.Word))}");
    }

    private static string Text<T>(T? value, (T Value, string Word)[] words)
        where T : struct =>
        value is { } v ? words.First(w => w.Value.Equals(v)).Word : "";
}
