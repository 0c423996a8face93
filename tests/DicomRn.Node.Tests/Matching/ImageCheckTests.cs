using DicomRn.Imaging.Anatomy;
using DicomRn.Learning.Phantoms;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Tests.Pipeline;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Matching;

/// <summary>The choice of the series where attributes lie or are absent.</summary>
public sealed class ImageCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_attributes_say_nothing_the_brighter_series_is_the_one_after_contrast_agent(bool later)
    {
        MatchingRecord record = await MatchAsync(new TwoSeriesStudy { EarlierEnhanced = !later, LaterEnhanced = later });

        Assert.True(record.Series!.Chosen, string.Join("; ", record.Reasons.Select(r => r.Text)));
        Assert.Equal(later ? 5 : 3, record.Series.Number);
        Assert.Contains(Evidence(record, later ? 5 : 3), e => e.Points == SeriesImageEvidence.Enhanced && e.Observation.Contains("brighter", StringComparison.Ordinal));
        Assert.Contains(Evidence(record, 5), e => e.Observation.Contains("the image shows a head", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Series_whose_attributes_say_the_opposite_of_the_images_are_not_taken()
    {
        MatchingRecord record = await MatchAsync(new TwoSeriesStudy
        {
            EarlierName = "t1_mprage_nativ",
            EarlierEnhanced = true,
            LaterName = "t1_mprage_KM",
            LaterAgent = "Gadobutrol",
            LaterEnhanced = false,
        });

        Assert.False(record.Series!.Chosen);
        StudyReason reason = Assert.Single(record.Reasons);
        Assert.Equal((CannotAnswerReason.NoContrastEnhancedT1, "130580"), (reason.Kind, reason.Code.Value));
        Assert.Contains(Evidence(record, 5), e => e.Observation.StartsWith("series 3 is enhanced against it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contrast_agent_by_name_without_any_enhancement_is_doubtful_and_not_taken()
    {
        MatchingRecord record = await MatchAsync(new TwoSeriesStudy
        {
            EarlierName = "t1_mprage_nativ",
            LaterName = "t1_mprage_KM",
            LaterAgent = "Gadobutrol",
            LaterEnhanced = false,
        });

        Assert.Equal(CannotAnswerReason.NoContrastEnhancedT1, Assert.Single(record.Reasons).Kind);
        Assert.Contains(Evidence(record, 5), e => e.Observation.StartsWith("no brighter than series 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_image_check_attributes_alone_decide()
    {
        TwoSeriesStudy lying = new() { EarlierName = "t1_mprage_nativ", LaterName = "t1_mprage_KM", LaterAgent = "Gadobutrol", LaterEnhanced = false };
        MatchingRecord record = await MatchAsync(lying, new SeriesChoiceSettings { ImageCheck = false });

        Assert.Equal((true, 5), (record.Series!.Chosen, record.Series.Number));
        Assert.DoesNotContain(Evidence(record, 5), e => e.Observation.Contains("image shows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("STS_002")]
    [InlineData("STS_019")]
    [InlineData("STS_026")]
    [InlineData("STS_035")]
    public async Task A_limb_whose_attributes_say_T1CE_of_a_brain_is_not_taken(string patient)
    {
        string source = TestData.Require("mr-rtstruct-sts", "dicom", patient, "MR_T1", "image");
        string study = "";
        Directory.CreateDirectory(_folder["in"]);
        foreach (string path in Directory.GetFiles(source))
        {
            DicomFile file = await DicomFile.OpenAsync(path);
            file.Dataset.AddOrUpdate(DicomTag.BodyPartExamined, "BRAIN");
            file.Dataset.AddOrUpdate(DicomTag.StudyDescription, "MRI brain SRS follow-up");
            file.Dataset.AddOrUpdate(DicomTag.SeriesDescription, "T1 MPRAGE +C");
            file.Dataset.AddOrUpdate(DicomTag.ProtocolName, "T1 MPRAGE +C");
            file.Dataset.AddOrUpdate(DicomTag.ContrastBolusAgent, "Gadobutrol");
            study = file.Dataset.GetString(DicomTag.StudyInstanceUID);
            await file.SaveAsync(_folder["in", Path.GetFileName(path)]);
        }

        StudyInput input = TestStudy.Input(_folder["in"], studyUid: study);
        MatchingRecord attributes = await MatchAsync(input, new SeriesChoiceSettings { ImageCheck = false });
        Assert.True(attributes.Series!.Chosen, string.Join("; ", attributes.Reasons.Select(r => r.Text)));
        MatchingRecord record = await MatchAsync(input, new SeriesChoiceSettings());

        Assert.Equal((CannotAnswerReason.NotABrain, "130576"), (record.Reasons[0].Kind, record.Reasons[0].Code.Value));
        Assert.Contains("the image shows no head", record.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Phantom_heads_are_heads(int seed)
    {
        PhantomHead head = PhantomHead.Generate(new PhantomOptions { Seed = seed });
        HeadAppearance appearance = HeadAppearance.Of(head.T1ce);
        Assert.True(appearance.Verdict == HeadVerdict.Head, $"{appearance.Text}, {appearance.SeenRays:0.00} of the rays");
        Assert.True(HeadMidline.Of(head.T1ce).IsReliable);
    }

    private async Task<MatchingRecord> MatchAsync(TwoSeriesStudy study, SeriesChoiceSettings? settings = null) =>
        await MatchAsync(await study.WriteAsync(_folder["in"], Cancellation), settings ?? new SeriesChoiceSettings());

    private Task<MatchingRecord> MatchAsync(StudyInput input, SeriesChoiceSettings settings)
    {
        Directory.CreateDirectory(_folder["work"]);
        return new MatchingStep(new MatchingOptions { Series = settings }).RunAsync(input, _folder["work"], Cancellation);
    }

    private static IReadOnlyList<SeriesEvidence> Evidence(MatchingRecord record, int number) => record.Candidates.First(c => c.Number == number).Evidence;
}
