using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Packs;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class ClinicalEncodingTests
{
    private static readonly (CohortClinicalData, double)[] Training =
    [
        (new CohortClinicalData { AgeYears = 50, Primary = "breast", Surgery = true }, 100),
        (new CohortClinicalData { AgeYears = 70, Primary = "NSCLC", Surgery = false }, 1000),
        (new CohortClinicalData { Primary = "Breast" }, 10_000),
    ];

    [Fact]
    public void Numbers_are_standardised_by_the_training_and_a_missing_one_is_a_state_of_its_own()
    {
        ClinicalEncoding encoding = new([ClinicalGroup.Patient], Training);
        Assert.Equal([5], encoding.Sizes);
        float deviation = (float)Math.Sqrt(200);
        Assert.Equal([(float)(10 / deviation), 0, 1, 0, 0], encoding.Encode(new CohortClinicalData { AgeYears = 70, Sex = PatientSex.Female }, 1));
        Assert.Equal([0f, 1, 0, 0, 1], encoding.Encode(new CohortClinicalData(), 1));
        // The mean is no missing value.
        Assert.Equal([0f, 0, 0, 1, 0], encoding.Encode(new CohortClinicalData { AgeYears = 60, Sex = PatientSex.Male }, 1));
    }

    [Fact]
    public void Unknown_primaries_differ_from_missing_ones()
    {
        ClinicalEncoding encoding = new([ClinicalGroup.Primary], Training);
        Assert.Equal([1f, 0, 0, 0], encoding.Encode(new CohortClinicalData { Primary = "BREAST" }, 1));
        Assert.Equal([0f, 1, 0, 0], encoding.Encode(new CohortClinicalData { Primary = "NSCLC" }, 1));
        Assert.Equal([0f, 0, 1, 0], encoding.Encode(new CohortClinicalData { Primary = "kidney" }, 1));
        Assert.Equal([0f, 0, 0, 1], encoding.Encode(new CohortClinicalData(), 1));
    }

    [Fact]
    public void Encoding_of_a_description_is_the_described_one()
    {
        ClinicalEncoding encoding = new(Enum.GetValues<ClinicalGroup>(), Training);
        FusionDescription description = encoding.Describe(ClinicalFusionKind.CrossAttention, 0.25);
        ClinicalEncoding read = new(description);
        Assert.Equal(encoding.Sizes, read.Sizes);
        foreach ((CohortClinicalData clinical, double volume) in Training.Append((new CohortClinicalData { Primary = "kidney", MonthsSinceRadiosurgery = 3 }, 5)))
            Assert.Equal(encoding.Encode(clinical, volume), read.Encode(clinical, volume));
        Assert.Equal(new MeasuredVariable("age", VariableScale.Linear, 60, Math.Sqrt(200)), description.Measured[0]);
        Assert.Equal([new("age", 2, 1), new("sex", 0, 3), new("primary tumour", 3, 0)], description.Variables.Take(3));
        Assert.Empty(description.Faults());
    }

    [Fact]
    public void A_yes_no_variable_has_three_states_and_volume_is_a_logarithm()
    {
        ClinicalEncoding encoding = new([ClinicalGroup.Surgery, ClinicalGroup.Volume], Training);
        Assert.Equal([3, 2], encoding.Sizes);
        Assert.Equal([0f, 1, 0, 0, 0], encoding.Encode(new CohortClinicalData { Surgery = true }, 1000), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1f, 0, 0, 1, 0], encoding.Encode(new CohortClinicalData { Surgery = false }, 10_000), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0f, 0, 1], encoding.Encode(new CohortClinicalData(), 1000)[..3]);
    }
}
