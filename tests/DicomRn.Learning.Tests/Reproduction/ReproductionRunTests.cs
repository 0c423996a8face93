using DicomRn.Learning.Configuration;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Reproduction;

namespace DicomRn.Learning.Tests.Reproduction;

public sealed class ReproductionRunTests
{
    [Fact]
    public void Order_of_the_paper_is_that_of_its_four_models_at_each_centre()
    {
        ReproductionRow[] rows =
        [
            Row("first", "volume", 0.99, null), Row("first", "supervised", 0.6, 0.624), Row("first", "multimodal", 0.9, 0.947),
            Row("first", "self-supervised", 0.8, 0.916), Row("first", "radiomics", 0.7, 0.807),
            Row("second", "multimodal", 0.8, 0.821), Row("second", "self-supervised", 0.8, 0.764),
        ];
        Assert.True(ReproductionRun.HasPaperOrder(rows, "first"));
        Assert.False(ReproductionRun.HasPaperOrder(rows, "second"));
        rows[4] = rows[4] with { Auc = 0.85 };
        Assert.False(ReproductionRun.HasPaperOrder(rows, "first"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settings_of_every_step_are_valid(bool quick)
    {
        ReproductionSettings settings = new() { Output = "out", Quick = quick };
        Assert.Empty(settings.Pretraining.Faults());
        settings.Model.Validate();
        Assert.Equal(settings.Cohort.Edge, settings.Model.ImageSize);
        foreach ((string name, _, _) in ReproductionModels.All)
        {
            FinetuningConfiguration configuration = ReproductionModels.Configuration(name, settings, "cohort", "run", "encoder");
            Assert.Empty(configuration.Faults());
            Assert.Equal(configuration.Name, ConfigurationFile.Parse<FinetuningConfiguration>(ConfigurationFile.Write(configuration), "", c => c.Faults()).Name);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ReproductionModels.Configuration("best", settings, "cohort", "run", "encoder"));
    }

    private static ReproductionRow Row(string centre, string model, double auc, double? paper) => new(centre, model, 22, auc, 0, 1, null, paper);
}
