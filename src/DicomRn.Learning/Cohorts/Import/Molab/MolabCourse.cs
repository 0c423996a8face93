namespace DicomRn.Learning.Cohorts.Import.Molab;

/// <summary>A course of radiotherapy; what is not recorded is null.</summary>
/// <param name="DosePerFractionGy">Gy.</param>
/// <param name="Fractions">How many.</param>
/// <param name="Begin">Days since MR1.</param>
/// <param name="End">Days since MR1; that of the beginning where only that is recorded.</param>
internal sealed record MolabCourse(double? DosePerFractionGy, int? Fractions, double? Begin, double? End)
{
    /// <summary>Null where none of the four cells holds anything.</summary>
    public static MolabCourse? Read(MolabCell dose, MolabCell fractions, MolabCell begin, MolabCell end) =>
        dose.Text is null && fractions.Text is null && begin.Text is null && end.Text is null
            ? null
            : new(dose.Number is > 0 and var d ? d : null, fractions.Whole is > 0 and var n ? n : null, begin.Day, end.Day ?? begin.Day);
}
