using DicomRn.Learning.Cohorts;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

/// <summary>A model that takes clinical variables, in a study whose objects carry some of them.</summary>
public sealed class ClinicalDataTests : IDisposable
{
    private const string StructureSetUid = "1.2.826.0.1.3680043.8.498.103.1";

    private readonly TemporaryFolder _folder = new();
    private readonly SizeModel _model = new()
    {
        Asks = c => [new("age", $"{c.AgeYears} years"), new("primary tumour", c.Primary), new("dose of the radiosurgery", c.DoseGy is { } gy ? $"{gy} Gy" : null)],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Model_is_told_what_the_objects_of_the_study_say_and_the_report_what_was_missing()
    {
        await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        await WritePlanAsync(20);
        StudyResult result = await RunAsync();

        Assert.Equal(
            new CohortClinicalData
            {
                AgeYears = 65,
                Sex = PatientSex.Female,
                DoseGy = 20,
                Fractions = 1,
                MonthsSinceRadiosurgery = 181 / 30.4375,
                LesionVolumeMm3 = result.Lesions[1].VolumeMm3,
            },
            _model.Told);
        Assert.Equal([new("age", "65 years"), new("primary tumour", null), new("dose of the radiosurgery", "20 Gy")], result.Lesions[0].Clinical);
        string report = result.Results.Single(f => f.Kind == ResultKind.SR).Path;
        List<(string Code, string Text)> texts = Texts(DicomFile.Open(report).Dataset);
        Assert.Equal(2, texts.Count(t => t == ("CLINICALUSED", "age: 65 years; dose of the radiosurgery: 20 Gy")));
        Assert.Equal(2, texts.Count(t => t == ("CLINICALMISSING", "primary tumour")));
        await DicomValidators.DciodvfyAcceptsAsync(report, Cancellation);
        await DicomValidators.PixelMedAcceptsAsync(report, Cancellation);
    }

    [Fact]
    public async Task Other_clinical_data_are_other_results_and_the_same_are_not_computed_again()
    {
        await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        await WritePlanAsync(20);
        StudyResult first = await RunAsync();
        StudyResult repeated = await RunAsync();
        Assert.Equal(2, _model.Predictions);
        Assert.Equal(Uids(first), Uids(repeated));

        await WritePlanAsync(24);
        StudyResult changed = await RunAsync();
        Assert.Equal(4, _model.Predictions);
        Assert.Equal(24, _model.Told!.DoseGy);
        Assert.Empty(Uids(first).Intersect(Uids(changed)));
    }

    [Fact]
    public async Task Model_of_the_image_alone_has_the_same_results_whatever_is_known()
    {
        _model.Asks = null;
        await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        StudyResult first = await RunAsync();
        await WritePlanAsync(20);
        StudyResult second = await RunAsync();
        Assert.Equal(Uids(first), Uids(second));
        Assert.All(second.Lesions, l => Assert.Empty(l.Clinical));
        Assert.DoesNotContain(
            Texts(DicomFile.Open(second.Results.Single(f => f.Kind == ResultKind.SR).Path).Dataset), t => t.Code.StartsWith("CLINICAL", StringComparison.Ordinal));
    }

    private Task<StudyResult> RunAsync() => new StudyPipeline(
        _model, new(), new(), new ReportingOptions { OverlaySlices = 1, OverlayPanelSize = 128 },
        new FakeTimeProvider(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero)), NullLogger<StudyPipeline>.Instance)
        .RunAsync(TestStudy.Input(_folder["in"]), _folder["work"], null, Cancellation);

    private Task WritePlanAsync(int gray) => new DicomFile(new DicomDataset
    {
        { DicomTag.SOPClassUID, DicomUID.RTPlanStorage },
        { DicomTag.SOPInstanceUID, "1.2.826.0.1.3680043.8.498.107.1" },
        { DicomTag.StudyInstanceUID, TestStudy.StudyUid },
        { DicomTag.SeriesInstanceUID, "1.2.826.0.1.3680043.8.498.107" },
        { DicomTag.Modality, "RTPLAN" },
        { DicomTag.PatientID, "TEST-1" },
        { DicomTag.RTPlanDate, "20240901" },
        new DicomSequence(DicomTag.ReferencedStructureSetSequence, new DicomDataset { { DicomTag.ReferencedSOPInstanceUID, StructureSetUid } }),
        new DicomSequence(
            DicomTag.DoseReferenceSequence, new DicomDataset { { DicomTag.DoseReferenceType, "TARGET" }, { DicomTag.TargetPrescriptionDose, (decimal)gray } }),
        new DicomSequence(DicomTag.FractionGroupSequence, new DicomDataset { { DicomTag.NumberOfFractionsPlanned, 1 } }),
    }).SaveAsync(_folder["in", "plan.dcm"]);

    private static string[] Uids(StudyResult result) => [.. result.Results.Select(r => r.SopInstanceUid)];

    /// <summary>The texts of the content tree, each with the code of its concept.</summary>
    private static List<(string Code, string Text)> Texts(DicomDataset item)
    {
        List<(string, string)> texts = [];
        foreach (DicomDataset child in item.TryGetSequence(DicomTag.ContentSequence, out DicomSequence? content) ? content.Items : [])
        {
            if (child.GetSingleValue<string>(DicomTag.ValueType) == "TEXT")
                texts.Add((child.GetSequence(DicomTag.ConceptNameCodeSequence).Items[0].GetSingleValue<string>(DicomTag.CodeValue), child.GetString(DicomTag.TextValue)));
            texts.AddRange(Texts(child));
        }

        return texts;
    }
}
