using DicomRn.Node.Classification;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Classification;

public sealed class LesionDecisionTests
{
    private static readonly ClassificationOptions Site = new() { NecrosisFrom = 0.7, ProgressionUpTo = 0.2 };

    private static LesionPrediction Predicted(double? probability, LesionClass lesionClass) => new() { Class = lesionClass, Probability = probability };

    [Theory]
    [InlineData(0.7, LesionClass.RadiationNecrosis)]
    [InlineData(0.6999, LesionClass.Undetermined)]
    [InlineData(0.2001, LesionClass.Undetermined)]
    [InlineData(0.2, LesionClass.TumourProgression)]
    public void Thresholds_of_the_site_decide_where_they_are_set(double probability, LesionClass expected)
    {
        LesionPrediction decided = LesionDecision.Apply(Predicted(probability, LesionClass.RadiationNecrosis), Site);

        Assert.Equal(expected, decided.Class);
        Assert.Equal(expected == LesionClass.Undetermined, decided.Remark is not null);
    }

    [Fact]
    public void Without_them_the_rule_of_the_pack_stands() =>
        Assert.Equal(LesionClass.Undetermined, LesionDecision.Apply(Predicted(0.99, LesionClass.Undetermined), new ClassificationOptions()).Class);

    [Fact]
    public void Thresholds_never_force_an_answer_where_the_model_does_not_apply() =>
        Assert.Equal(LesionClass.NotClassified, LesionDecision.Apply(Predicted(0.99, LesionClass.NotClassified), Site).Class);
}
