namespace DicomRn.Learning.Cohorts;

/// <summary>The columns of <c>cohort.csv</c>, in the order in which they are written.</summary>
internal static class CohortColumns
{
    public const string Patient = "patient";
    public const string Lesion = "lesion";
    public const string TimePoint = "time_point";
    public const string Days = "days";
    public const string Image = "image";
    public const string Mask = "mask";
    public const string Label = "label";
    public const string Centre = "centre";
    public const string Split = "split";
    public const string Index = "index";
    public const string BrainMedian = "brain_median";
    public const string Age = "age_years";
    public const string Sex = "sex";
    public const string Primary = "primary";
    public const string Dose = "dose_gy";
    public const string Fractions = "fractions";
    public const string WholeBrain = "wbrt";
    public const string Surgery = "surgery";
    public const string Months = "months_since_srs";
    public const string Volume = "lesion_volume_mm3";

    /// <summary>What a site's own columns begin with; they are not read.</summary>
    public const string OwnPrefix = "x_";

    public static readonly string[] All =
    [
        Patient, Lesion, TimePoint, Days, Image, Mask, Label, Centre, Split, Index, BrainMedian,
        Age, Sex, Primary, Dose, Fractions, WholeBrain, Surgery, Months, Volume,
    ];

    public static readonly string[] Required = [Patient, Image, Centre];
}
