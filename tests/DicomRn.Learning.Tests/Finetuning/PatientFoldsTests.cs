using DicomRn.Learning.Finetuning;

namespace DicomRn.Learning.Tests.Finetuning;

public sealed class PatientFoldsTests
{
    // 40 patients with 1 to 4 lesions, a third of them necrosis.
    private static readonly (string Patient, bool Progression)[] Cases =
        [.. Enumerable.Range(0, 40).SelectMany(p => Enumerable.Range(0, 1 + p % 4).Select(l => ($"P{p:00}", (p * 7 + l) % 3 != 0)))];

    [Fact]
    public void No_patient_is_in_two_folds_and_both_classes_are_spread_evenly()
    {
        int[] folds = Assign(Cases, 5, 1);
        Assert.All(Cases.Zip(folds).GroupBy(c => c.First.Patient), g => Assert.Single(g.Select(c => c.Second).Distinct()));
        foreach (bool label in new[] { false, true })
        {
            int[] counts = [.. Enumerable.Range(0, 5).Select(f => Cases.Zip(folds).Count(c => c.Second == f && c.First.Progression == label))];
            Assert.True(counts.Max() - counts.Min() <= 2, string.Join(' ', counts));
        }
    }

    [Fact]
    public void Folds_follow_from_the_seed_and_not_from_the_order_of_the_rows()
    {
        int[] folds = Assign(Cases, 5, 1), others = Assign(Cases, 5, 2);
        Assert.NotEqual(folds, others);
        (string, bool)[] reversed = [.. Cases.Reverse()];
        Assert.Equal(folds, Assign(reversed, 5, 1).Reverse());
    }

    [Fact]
    public void Too_few_patients_of_a_class_are_told()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Assign([("A", true), ("B", true), ("C", false)], 2, 1));
        Assert.StartsWith("1 patients with radiation necrosis are too few for 2 folds.", e.Message, StringComparison.Ordinal);
    }

    private static int[] Assign((string Patient, bool Progression)[] cases, int folds, int seed) =>
        PatientFolds.Assign([.. cases.Select(c => c.Patient)], [.. cases.Select(c => c.Progression)], folds, seed);
}
