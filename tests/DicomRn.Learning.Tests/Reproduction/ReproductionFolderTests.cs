using DicomRn.Learning.Reproduction;
using DicomRn.TestSupport;

namespace DicomRn.Learning.Tests.Reproduction;

public sealed class ReproductionFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Other_seed_or_size_is_refused_in_one_line()
    {
        ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, quick: true)).Dispose();
        Assert.Equal(
            $"{_folder["r"]} holds the reproduction with seed 4 and small numbers (--quick), not with seed 5 and small numbers (--quick); give another folder.",
            Assert.Throws<InvalidDataException>(() => ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(5, quick: true))).Message);
        Assert.Contains("not with seed 4;", Assert.Throws<InvalidDataException>(
            () => ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, quick: false))).Message, StringComparison.Ordinal);
        ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, quick: true)).Dispose();
    }

    [Fact]
    public void What_was_begun_is_carried_on_by_its_own_plan()
    {
        ReproductionPlan begun = ReproductionPlan.Of(4, quick: true) with { BootstrapDraws = 123 };
        ReproductionFolder.Open(_folder["r"], begun).Dispose();
        using ReproductionFolder later = ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, quick: true));
        Assert.Equal(123, later.Plan.BootstrapDraws);
    }

    [Fact]
    public void Folder_with_something_else_and_folder_in_use_are_refused()
    {
        Directory.CreateDirectory(_folder["other"]);
        File.WriteAllText(_folder["other", "letter.txt"], "");
        Assert.Contains("holds no reproduction", Assert.Throws<InvalidDataException>(
            () => ReproductionFolder.Open(_folder["other"], ReproductionPlan.Of(4, true))).Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<InvalidDataException>(
            () => ReproductionFolder.Open(_folder["other", "letter.txt"], ReproductionPlan.Of(4, true))).Message, StringComparison.Ordinal);
        using (ReproductionFolder held = ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, true)))
        {
            Assert.Contains("Another process works in", Assert.Throws<InvalidDataException>(
                () => ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, true))).Message, StringComparison.Ordinal);
        }

        ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, true)).Dispose();
    }

    [Fact]
    public void Step_is_done_while_its_result_is_what_it_left()
    {
        using ReproductionFolder folder = ReproductionFolder.Open(_folder["r"], ReproductionPlan.Of(4, true));
        string result = folder.Into("result.txt");
        File.WriteAllText(result, "1");
        Assert.False(folder.IsDone("cohort", result));
        folder.MarkDone("cohort", result);
        Assert.True(folder.IsDone("cohort", result));
        File.WriteAllText(result, "2");
        Assert.Contains("not what the step cohort left", Assert.Throws<InvalidDataException>(() => folder.IsDone("cohort", result)).Message, StringComparison.Ordinal);
        File.Delete(result);
        Assert.Throws<InvalidDataException>(() => folder.IsDone("cohort", result));
    }
}
