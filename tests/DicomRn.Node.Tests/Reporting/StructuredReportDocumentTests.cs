using DicomRn.Imaging.Export;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.Node.Reporting.StructuredReport;
using DicomRn.TestSupport;

namespace DicomRn.Node.Tests.Reporting;

public sealed class StructuredReportDocumentTests
{
    private const string Study = "1.2.826.0.1.3680043.8.498.1";
    private const string Series = "1.2.826.0.1.3680043.8.498.2";
    private const string SegSeries = "1.2.826.0.1.3680043.8.498.3";

    private static readonly InstanceReference[] Images =
    [
        new(Study, Series, DicomUID.MRImageStorage.UID, "1.2.826.0.1.3680043.8.498.2.1"),
        new(Study, Series, DicomUID.MRImageStorage.UID, "1.2.826.0.1.3680043.8.498.2.2"),
    ];

    private static readonly InstanceReference Seg = new(Study, SegSeries, DicomUID.SegmentationStorage.UID, "1.2.826.0.1.3680043.8.498.3.1");

    private static readonly ReportedSeries ReportedImages = new()
    {
        StudyInstanceUid = Study,
        SeriesInstanceUid = Series,
        FrameOfReferenceUid = "1.2.826.0.1.3680043.8.498.9",
        StudyDate = "20250301",
        Rows = 256,
        Columns = 256,
        IsBrain = true,
        Instances = Images,
    };

    private static readonly ReportedModel Model = new("small-vit", "1", ["sha256 0123", "Trained on synthetic phantoms only."]);

    private static ReportedLesion Lesion(int number, LesionClass lesionClass, double? probability, string? remark = null, int outlines = 1) => new()
    {
        Result = new LesionResult
        {
            TrackingId = $"Lesion {number}",
            TrackingUid = DerivedUid.Of("lesion", $"{number}"),
            Label = $"GTV {number}",
            VolumeMm3 = 1234.5678901234567,
            LongAxisMm = 15.25,
            ShortAxisMm = 10.125,
            Class = lesionClass,
            Probability = probability,
            Remark = remark,
        },
        SegmentNumber = number,
        Outlines = [.. Images.Take(outlines).Select(image => new LesionOutline(
            new ImageReference(image.SopClassUid, image.SopInstanceUid), [(10, 10), (20, 10), (20, 20), (10, 20), (10, 10)], 100))],
    };

    private static MeasurementReport Answered(params ReportedLesion[] lesions) => new()
    {
        Series = ReportedImages,
        Lesions = lesions,
        Segmentation = Seg,
        Model = Model,
        Notes = [ReportTexts.Standing],
    };

    private static MeasurementReport NotAnswered(CannotAnswerReason kind) => new()
    {
        Series = ReportedImages with { IsBrain = kind != CannotAnswerReason.NotABrain },
        Reasons = [ReasonCodes.Reason(kind, "The reason in words."), ReasonCodes.Reason(CannotAnswerReason.NoContrastEnhancedT1, "Another reason.")],
        Notes = [ReasonCodes.WhatToDo(kind), ReportTexts.Standing],
    };

    private static DicomDataset Write(MeasurementReport report, string path, params InstanceReference[] predecessors)
    {
        DicomDataset source = new DicomDataset()
        {
            { DicomTag.SpecificCharacterSet, "ISO_IR 192" },
            { DicomTag.PatientName, "Ångström^Łucja" },
            { DicomTag.PatientID, "P1" },
            { DicomTag.PatientBirthDate, "19500101" },
            { DicomTag.PatientSex, "F" },
            { DicomTag.StudyInstanceUID, Study },
            { DicomTag.StudyDate, "20250301" },
            { DicomTag.StudyTime, "101500" },
            { DicomTag.AccessionNumber, "A1" },
            { DicomTag.StudyID, "S1" },
        };
        StructuredReportDocument document = new()
        {
            SopInstanceUid = DerivedUid.Of("sr", path),
            SeriesInstanceUid = DerivedUid.Of("sr series", path),
            SeriesNumber = 9000,
            SeriesDescription = "Radiation necrosis or progression (AI, research use, not verified)",
            Report = report,
            Evidence = report.Segmentation is { } seg ? [.. Images, seg] : Images,
            OtherEvidence = [new(Study, "1.2.826.0.1.3680043.8.498.4", DicomUID.RTStructureSetStorage.UID, "1.2.826.0.1.3680043.8.498.4.1")],
            Predecessors = predecessors,
        };
        DicomDataset dataset = document.ToDataset(new ResultHeader(source, new DateTimeOffset(2025, 3, 2, 9, 30, 0, TimeSpan.FromHours(1))));
        new DicomFile(dataset).Save(path);
        return dataset;
    }

    // The template check takes seconds: answered reports have theirs in the tests of the pipeline.
    private static async Task<string> ValidateAsync(string path, bool template = false)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await DicomValidators.DciodvfyAcceptsAsync(path, cancellation);
        if (template)
            await DicomValidators.PixelMedAcceptsAsync(path, cancellation);
        return await DicomValidators.DsrdumpAsync(path, cancellation);
    }

    [Fact]
    public async Task Answered_study_with_two_lesions_passes_the_validators()
    {
        using TemporaryFolder folder = new();
        string path = folder["sr.dcm"];
        Write(Answered(Lesion(1, LesionClass.RadiationNecrosis, 0.8125), Lesion(2, LesionClass.TumourProgression, 0.1)), path);

        string text = await ValidateAsync(path);

        Assert.Contains("<contains CODE:(,,\"Predicted lesion aetiology\")=(445145001,SCT,\"Necrosis caused by ionizing radiation\")>", text, StringComparison.Ordinal);
        Assert.Contains("=\"81.25\" (%,UCUM,\"Percent\")", text, StringComparison.Ordinal);
        Assert.Contains("Preliminary Flag    : PRELIMINARY", text, StringComparison.Ordinal);
        Assert.Contains("Ångström^Łucja", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undetermined_and_unclassified_lesions_pass_the_validators()
    {
        using TemporaryFolder folder = new();
        string path = folder["sr.dcm"];
        Write(Answered(Lesion(1, LesionClass.Undetermined, 0.5, "undetermined because"), Lesion(2, LesionClass.NotClassified, null, "too small")), path);

        string text = await ValidateAsync(path);

        Assert.Contains("=(373068000,SCT,\"Undetermined\")", text, StringComparison.Ordinal);
        Assert.Contains("too small", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CannotAnswerReason.NoContrastEnhancedT1)]
    [InlineData(CannotAnswerReason.AmbiguousSeries)]
    [InlineData(CannotAnswerReason.NotABrain)]
    [InlineData(CannotAnswerReason.SeriesUnusable)]
    [InlineData(CannotAnswerReason.ContoursMissing)]
    [InlineData(CannotAnswerReason.NoLesionContour)]
    [InlineData(CannotAnswerReason.OtherFrameOfReference)]
    [InlineData(CannotAnswerReason.ContoursOutsideImage)]
    [InlineData(CannotAnswerReason.PatientMismatch)]
    [InlineData(CannotAnswerReason.ContoursUnusable)]
    public async Task Each_reason_for_no_answer_passes_the_validators(CannotAnswerReason reason)
    {
        using TemporaryFolder folder = new();
        string path = folder["sr.dcm"];
        Write(NotAnswered(reason), path);

        await DicomValidators.DciodvfyAcceptsAsync(path, TestContext.Current.CancellationToken);
        string text = await DicomValidators.DsrdumpAsync(path, TestContext.Current.CancellationToken);

        CodedConcept code = ReasonCodes.Reason(reason, "").Code;
        Assert.Contains($"Reason for no answer\")=({code.Value},{code.Scheme},\"{code.Meaning}\")", text, StringComparison.Ordinal);
        Assert.Contains("The reason in words.", text, StringComparison.Ordinal);
        Assert.Contains(ReasonCodes.WhatToDo(reason)[..40], text, StringComparison.Ordinal);
        Assert.DoesNotContain("Probability", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_with_every_coded_reason_at_once_fits_the_template()
    {
        using TemporaryFolder folder = new();
        string path = folder["sr.dcm"];
        StudyReason[] all = [.. Enum.GetValues<CannotAnswerReason>().Select(kind => ReasonCodes.Reason(kind, "In words."))];
        Write(NotAnswered(CannotAnswerReason.NotABrain) with { Reasons = all }, path);

        await ValidateAsync(path, template: true);
    }

    [Fact]
    public async Task Successor_names_its_predecessor()
    {
        using TemporaryFolder folder = new();
        string path = folder["sr.dcm"];
        InstanceReference earlier = new(Study, "1.2.826.0.1.3680043.8.498.5", DicomUID.Comprehensive3DSRStorage.UID, "1.2.826.0.1.3680043.8.498.5.1");
        DicomDataset written = Write(Answered(Lesion(1, LesionClass.RadiationNecrosis, 0.9, outlines: 2)), path, earlier);

        await ValidateAsync(path, template: true);

        Assert.True(written.TryGetSequence(DicomTag.PredecessorDocumentsSequence, out DicomSequence? predecessors));
        Assert.Equal(Study, Assert.Single(predecessors!.Items).GetSingleValue<string>(DicomTag.StudyInstanceUID));
    }

    [Fact]
    public void Every_reason_has_a_code_and_says_what_to_do()
    {
        foreach (CannotAnswerReason kind in Enum.GetValues<CannotAnswerReason>())
        {
            Assert.NotEmpty(ReasonCodes.Reason(kind, "x").Code.Value);
            Assert.NotEmpty(ReasonCodes.WhatToDo(kind));
        }
    }

    [Fact]
    public void Private_codes_fit_their_VR()
    {
        foreach (CannotAnswerReason kind in Enum.GetValues<CannotAnswerReason>())
        {
            CodedConcept code = ReasonCodes.Reason(kind, "x").Code;
            Assert.InRange(code.Value.Length, 1, 16);
            Assert.InRange(code.Meaning.Length, 1, 64);
        }
    }

    [Fact]
    public void UIDs_are_functions_of_their_parts()
    {
        Assert.Equal(DerivedUid.Of("a", "b"), DerivedUid.Of("a", "b"));
        Assert.NotEqual(DerivedUid.Of("a", "b"), DerivedUid.Of("ab"));
        Assert.Matches("^2\\.25\\.[1-9][0-9]{30,38}$", DerivedUid.Of("a"));
    }
}
