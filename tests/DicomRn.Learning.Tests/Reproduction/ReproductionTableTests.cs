using DicomRn.Learning.Configuration;
using DicomRn.Learning.Finetuning;
using DicomRn.Learning.Reproduction;

namespace DicomRn.Learning.Tests.Reproduction;

public sealed class ReproductionTableTests
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
        ReproductionTable table = new(rows, []);
        Assert.True(table.HasPaperOrder("first"));
        Assert.False(table.HasPaperOrder("second"));
        Assert.EndsWith("at the second centre: not reproduced.", table.Verdicts()[1], StringComparison.Ordinal);
        rows[4] = rows[4] with { Auc = 0.85 };
        Assert.False(table.HasPaperOrder("first"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Settings_of_every_step_are_valid(bool quick)
    {
        ReproductionPlan plan = ReproductionPlan.Of(7, quick);
        Assert.Empty(plan.Pretraining.Faults());
        plan.Model.Validate();
        Assert.Equal(plan.Cohort.Edge, plan.Model.ImageSize);
        Assert.All(new[] { plan.Cohort.Seed, plan.Pretraining.Seed, plan.Finetuning.Seed }, seed => Assert.Equal(7, seed));
        Assert.Equal(ConfigurationFile.Write(plan), ConfigurationFile.Write(ConfigurationFile.Parse<ReproductionPlan>(ConfigurationFile.Write(plan), "", _ => [])));
        foreach (ReproductionModel model in ReproductionModel.All)
        {
            FinetuningConfiguration configuration = model.Configuration(
                plan, "encoder", new FinetuningConfiguration { Name = "", Cohort = "cohort", Run = "run" });
            Assert.Empty(configuration.Faults());
            Assert.Equal(model.Name, ConfigurationFile.Parse<FinetuningConfiguration>(ConfigurationFile.Write(configuration), "", c => c.Faults()).Name);
        }
    }

    private static ReproductionRow Row(string centre, string model, double auc, double? paper) => new(centre, model, 22, auc, 0, 1, null, paper);
}
