using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Tests.Matching;

public sealed class T1ceSelectionTests
{
    private static readonly SeriesAttributes Mprage = new()
    {
        SeriesInstanceUid = "1.2.3",
        SeriesNumber = 7,
        Description = "t1_mprage_tra_iso",
        ImageType = ["ORIGINAL", "PRIMARY", "M", "ND", "NORM"],
        ScanningSequence = ["GR", "IR"],
        SequenceVariant = ["SK", "SP", "MP"],
        Is3D = true,
        RepetitionTime = 1900,
        EchoTime = 2.9,
        BodyPart = "HEAD",
        ContrastAgent = "Gadobutrol",
        SliceThickness = 1,
        ImageCount = 176,
        Rows = 256,
        Columns = 256,
        AcquiredAt = new DateTime(2025, 3, 1, 10, 20, 0),
    };

    private static readonly SeriesAttributes Native = Mprage with
    {
        SeriesInstanceUid = "1.2.2",
        SeriesNumber = 3,
        Description = "t1_mprage_tra_iso_nativ",
        ContrastAgent = null,
        AcquiredAt = new DateTime(2025, 3, 1, 10, 0, 0),
    };

    private static SeriesChoice Choose(SeriesChoiceSettings settings, string? assumed, params SeriesAttributes[] study) =>
        new T1ceSelection(settings).Choose(new T1ceScore(settings).Rate(study, new HashSet<string>()), assumed);

    private static SeriesChoice Choose(params SeriesAttributes[] study) => Choose(new SeriesChoiceSettings(), null, study);

    [Fact]
    public void Contrast_enhanced_MPRAGE_is_chosen_over_the_native_one()
    {
        SeriesChoice choice = Choose(Native, Mprage);

        Assert.Equal("1.2.3", choice.Chosen?.Series.SeriesInstanceUid);
        Assert.False(choice.Assumed);
        Assert.Contains(choice.Chosen!.Evidence, e => e.Kind == EvidenceKind.Contrast && e.Points > 0);
    }

    [Fact]
    public void Series_after_its_native_twin_is_contrast_enhanced_even_without_any_contrast_attribute()
    {
        SeriesChoice choice = Choose(Native, Mprage with { ContrastAgent = null });

        Assert.Equal("1.2.3", choice.Chosen?.Series.SeriesInstanceUid);
        Assert.Contains(choice.Chosen!.Evidence, e => e.Observation.Contains("acquired after series 3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3D T1 MPRAGE +C")]
    [InlineData("AX T1 POST")]
    [InlineData("t1_mpr_sag_km")]
    [InlineData("T1W_3D_TFE_GD")]
    [InlineData("SAG BRAVO CE")]
    [InlineData("Ax 3D T1 BRAVO+Gd")]
    [InlineData("T1 FSPGR post-contrast")]
    public void Names_that_sites_give_to_T1CE_are_recognised_without_contrast_attributes(string name) =>
        Assert.NotNull(Choose(Mprage with { Description = name, ContrastAgent = null }).Chosen);

    [Theory]
    [InlineData("T1 MPRAGE PRE")]
    [InlineData("t1 mprage nativ")]
    [InlineData("AX T1 without contrast")]
    [InlineData("T1 3D w/o Gd")]
    [InlineData("T1 noncontrast MPRAGE")]
    public void Names_that_say_no_contrast_are_not_taken_even_with_a_contrast_agent_of_the_examination(string name) =>
        Assert.Null(Choose(Mprage with { Description = name }).Chosen);

    [Theory]
    [InlineData("post-op T1 MPRAGE")]
    [InlineData("T1 MPRAGE post SRS")]
    public void Post_operation_is_not_post_contrast(string name) =>
        Assert.Null(Choose(Mprage with { Description = name, ContrastAgent = null }).Chosen);

    [Theory]
    [InlineData("MPR")]
    [InlineData("MIP")]
    [InlineData("SUBTRACTION")]
    [InlineData("ADC")]
    [InlineData("LOCALIZER")]
    public void Computed_images_are_rejected(string imageType)
    {
        SeriesChoice choice = Choose(Mprage with { ImageType = ["DERIVED", "SECONDARY", imageType] });

        Assert.Null(choice.Chosen);
        Assert.Equal(CannotAnswerReason.NoContrastEnhancedT1, choice.Reasons[0].Kind);
        Assert.Contains(imageType, choice.Reasons[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T2 FLAIR +C")]
    [InlineData("ep2d_diff_b1000")]
    [InlineData("SWI +GD")]
    [InlineData("TOF 3D post")]
    [InlineData("localizer T1 post")]
    [InlineData("T1 MPRAGE SUB POST-PRE")]
    public void Other_weightings_scouts_and_subtractions_are_rejected_by_name(string name) =>
        Assert.Null(Choose(Mprage with { Description = name }).Chosen);

    [Fact]
    public void Long_TR_and_TE_are_rejected() =>
        Assert.Null(Choose(Mprage with { ScanningSequence = ["SE"], SequenceVariant = [], RepetitionTime = 4000, EchoTime = 90 }).Chosen);

    [Fact]
    public void Absent_contrast_evidence_is_no_answer_with_the_coded_reason()
    {
        SeriesChoice choice = Choose(Mprage with { ContrastAgent = "" });

        StudyReason reason = Assert.Single(choice.Reasons);
        Assert.Equal(CannotAnswerReason.NoContrastEnhancedT1, reason.Kind);
        Assert.Equal(new CodedConcept("130580", "DCM", "Inadequate contrast enhancement"), reason.Code);
    }

    [Fact]
    public void Other_body_part_is_not_a_brain_and_says_so_first()
    {
        SeriesChoice choice = Choose(Mprage with { BodyPart = "EXTREMITY" });

        Assert.Equal(
            [CannotAnswerReason.NotABrain, CannotAnswerReason.NoContrastEnhancedT1], choice.Reasons.Select(r => r.Kind));
    }

    [Fact]
    public void Site_pattern_is_full_evidence()
    {
        SeriesAttributes odd = Mprage with { Description = "Navi-Sequenz 2", ContrastAgent = null };

        Assert.Null(Choose(odd).Chosen);
        Assert.NotNull(Choose(new SeriesChoiceSettings { T1cePattern = "navi-sequenz" }, null, odd).Chosen);
    }

    [Fact]
    public void Tie_goes_to_the_thinnest_slices_and_says_so()
    {
        SeriesAttributes thick = Mprage with { SeriesInstanceUid = "1.2.4", SeriesNumber = 9, SliceThickness = 1.2 };

        SeriesChoice choice = Choose(thick, Mprage);

        Assert.Equal("1.2.3", choice.Chosen?.Series.SeriesInstanceUid);
        Assert.Contains("thinnest", Assert.Single(choice.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Tie_that_no_rule_decides_is_no_answer()
    {
        SeriesAttributes twin = Mprage with { SeriesInstanceUid = "1.2.4", SeriesNumber = 9 };

        Assert.Equal(CannotAnswerReason.AmbiguousSeries, Assert.Single(Choose(twin, Mprage).Reasons).Kind);
        Assert.Equal(
            CannotAnswerReason.AmbiguousSeries,
            Assert.Single(Choose(new SeriesChoiceSettings { Tie = SeriesTieRule.Refuse }, null, twin, Mprage).Reasons).Kind);
    }

    [Fact]
    public void Declared_series_is_taken_and_its_doubts_are_said()
    {
        SeriesChoice choice = Choose(new SeriesChoiceSettings(), "1.2.2", Native with { BodyPart = "KNEE" }, Mprage);

        Assert.Equal("1.2.2", choice.Chosen?.Series.SeriesInstanceUid);
        Assert.True(choice.Assumed);
        Assert.Contains(choice.Notes, n => n.Contains("declared by the user", StringComparison.Ordinal));
        Assert.Contains(choice.Notes, n => n.Contains("KNEE", StringComparison.Ordinal));
    }

    [Fact]
    public void Declared_series_that_is_not_there_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => Choose(new SeriesChoiceSettings(), "9.9", Mprage));
}
