using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class HiddenValuesTests
{
    private static readonly CohortClinicalData Known = new()
    {
        AgeYears = 60,
        Sex = PatientSex.Female,
        Primary = "lung",
        DoseGy = 20,
        Fractions = 1,
        WholeBrainRadiotherapy = false,
        Surgery = true,
        MonthsSinceRadiosurgery = 9,
        LesionVolumeMm3 = 900,
    };

    [Fact]
    public void Each_value_but_the_volume_is_hidden_in_its_share_of_the_cases_apart_from_the_others()
    {
        const int Draws = 20_000;
        CohortClinicalData[] seen = [.. Enumerable.Range(0, Draws).Select(n => HiddenValues.Of(Known, 0.2, 7, n))];

        Func<CohortClinicalData, bool>[] hidden =
        [
            c => c.AgeYears is null, c => c.Sex is null, c => c.Primary is null, c => c.DoseGy is null, c => c.Fractions is null,
            c => c.WholeBrainRadiotherapy is null, c => c.Surgery is null, c => c.MonthsSinceRadiosurgery is null,
        ];
        Assert.All(hidden, h => Assert.Equal(0.2, seen.Count(h) / (double)Draws, 0.015));
        for (int a = 0; a < hidden.Length; a++)
        {
            for (int b = 0; b < a; b++)
                Assert.Equal(0.04, seen.Count(c => hidden[a](c) && hidden[b](c)) / (double)Draws, 0.01);
        }

        Assert.All(seen, c => Assert.Equal(900, c.LesionVolumeMm3));
        Assert.All(seen, c => Assert.Contains(c.AgeYears, new double?[] { null, 60 }));
    }

    [Fact]
    public void The_same_seed_and_number_hide_the_same_and_a_share_of_0_hides_nothing()
    {
        Assert.Equal(HiddenValues.Of(Known, 0.5, 1, 3), HiddenValues.Of(Known, 0.5, 1, 3));
        Assert.Contains(Enumerable.Range(0, 20), n => HiddenValues.Of(Known, 0.5, 1, n) != HiddenValues.Of(Known, 0.5, 2, n));
        Assert.All(Enumerable.Range(0, 200), n => Assert.Equal(Known, HiddenValues.Of(Known, 0, 1, n)));
    }
}
