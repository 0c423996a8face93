using DicomRn.Learning.Cohorts;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Tests.Matching;

public sealed class KnownClinicalDataTests
{
    private const string StructureSet = "1.2.3.4";

    [Theory]
    [InlineData("064Y", "19600203", 64.0)]
    [InlineData("018M", "", 1.5)]
    [InlineData("", "19600203", 65.0)]
    [InlineData("", "19600302", 64.0)]
    [InlineData("", "1960.02.03", 65.0)]
    [InlineData("000Y", "", null)]
    [InlineData("old", "", null)]
    [InlineData("", "19000101", null)]
    [InlineData("", "", null)]
    public void Age_is_as_stated_or_by_the_birth_date_or_missing(string age, string born, double? expected) =>
        Assert.Equal(expected, Known(Image(d => d.AddOrUpdate(DicomTag.PatientAge, age).AddOrUpdate(DicomTag.PatientBirthDate, born))).AgeYears);

    [Theory]
    [InlineData("F", PatientSex.Female)]
    [InlineData("M", PatientSex.Male)]
    [InlineData("O", null)]
    [InlineData("", null)]
    public void Sex_other_than_two_is_missing(string sex, PatientSex? expected) =>
        Assert.Equal(expected, Known(Image(d => d.AddOrUpdate(DicomTag.PatientSex, sex))).Sex);

    [Fact]
    public void Plan_of_the_structure_set_tells_months_dose_and_fractions()
    {
        CohortClinicalData known = Known(Image(), Plan());
        Assert.Equal(365 / 30.4375, known.MonthsSinceRadiosurgery);
        Assert.Equal((20, 3), (known.DoseGy, known.Fractions));
        Assert.Equal(1234, known.LesionVolumeMm3);
        Assert.Null(known.Primary);
        Assert.Null(known.Surgery);
        Assert.Null(known.WholeBrainRadiotherapy);
    }

    [Fact]
    public void Without_a_plan_nothing_is_known_of_the_radiosurgery() => AssertNothing(Known(Image()));

    [Theory]
    [InlineData("of another structure set")]
    [InlineData("after the images")]
    [InlineData("without a date")]
    [InlineData("rejected")]
    [InlineData("for verification")]
    [InlineData("of another patient")]
    public void Plan_that_is_not_of_an_earlier_radiosurgery_of_the_lesions_tells_nothing(string plan) =>
        AssertNothing(Known(Image(), Plan(d => _ = plan switch
        {
            "of another structure set" => d.AddOrUpdate(References("1.2.3.5")),
            "after the images" => d.AddOrUpdate(DicomTag.RTPlanDate, "20250302"),
            "without a date" => d.AddOrUpdate(DicomTag.RTPlanDate, ""),
            "rejected" => d.AddOrUpdate(DicomTag.ApprovalStatus, "REJECTED"),
            "for verification" => d.AddOrUpdate(DicomTag.PlanIntent, "VERIFICATION"),
            _ => d.AddOrUpdate(DicomTag.PatientID, "SOMEONE"),
        })));

    [Fact]
    public void Of_several_prescriptions_that_of_the_lesions_own_region_counts()
    {
        Assert.Equal(18, Known(Image(), Plan(d => d.AddOrUpdate(Doses((20, 1), (18, 7))))).DoseGy);
        Assert.Null(Known(Image(), Plan(d => d.AddOrUpdate(Doses((20, 1), (18, 2))))).DoseGy);
    }

    [Fact]
    public void Plans_that_contradict_each_other_leave_what_they_contradict_missing()
    {
        CohortClinicalData known = Known(Image(), Plan(), Plan(d => d.AddOrUpdate(Doses((24, null)))));
        Assert.Null(known.DoseGy);
        Assert.Equal((365 / 30.4375, 3), (known.MonthsSinceRadiosurgery, known.Fractions));
    }

    [Fact]
    public void Several_fraction_groups_are_no_number_of_fractions() =>
        Assert.Null(Known(Image(), Plan(d => d.AddOrUpdate(Fractions(3, 5)))).Fractions);

    private static void AssertNothing(CohortClinicalData known) =>
        Assert.Equal((null, null, null), (known.MonthsSinceRadiosurgery, known.DoseGy, known.Fractions));

    private static CohortClinicalData Known(DicomDataset image, params DicomDataset[] plans) => new KnownClinicalData(
        image, [.. plans.Select(p => new StudyFile("plan", p))], new StudyFile("contours", new DicomDataset { { DicomTag.SOPInstanceUID, StructureSet } }))
        .Of(new MatchedLesion
        {
            TrackingId = "Lesion 1",
            TrackingUid = "1.2",
            Label = "GTV",
            Number = 7,
            MaskFile = "m",
            MaskDigest = "d",
            Voxels = 1,
            VolumeMm3 = 1234,
            LargestSlice = 0,
            LargestAreaMm2 = 1,
            LongAxisMm = 1,
            ShortAxisMm = 1,
        });

    private static DicomDataset Image(Action<DicomDataset>? change = null) =>
        Changed(new DicomDataset { { DicomTag.PatientID, "P" }, { DicomTag.AcquisitionDate, "20250301" }, { DicomTag.StudyDate, "20250304" } }.NotValidated(), change);

    private static DicomDataset Plan(Action<DicomDataset>? change = null) => Changed(
        new DicomDataset
        {
            { DicomTag.PatientID, "P" },
            { DicomTag.RTPlanDate, "20240301" },
            References(StructureSet),
            Doses((20, null)),
            Fractions(3),
        },
        change);

    private static DicomDataset Changed(DicomDataset d, Action<DicomDataset>? change)
    {
        change?.Invoke(d);
        return d;
    }

    private static DicomSequence References(string uid) =>
        new(DicomTag.ReferencedStructureSetSequence, new DicomDataset { { DicomTag.ReferencedSOPInstanceUID, uid } });

    private static DicomSequence Fractions(params int[] planned) => new(
        DicomTag.FractionGroupSequence, [.. planned.Select(n => new DicomDataset { { DicomTag.NumberOfFractionsPlanned, n } })]);

    private static DicomSequence Doses(params (double Gy, int? Roi)[] doses) => new(
        DicomTag.DoseReferenceSequence,
        [
            .. doses.Select(d =>
            {
                DicomDataset item = new() { { DicomTag.DoseReferenceType, "TARGET" }, { DicomTag.TargetPrescriptionDose, (decimal)d.Gy } };
                if (d.Roi is { } roi)
                    item.Add(DicomTag.ReferencedROINumber, roi);
                return item;
            }),
            new DicomDataset { { DicomTag.DoseReferenceType, "ORGAN_AT_RISK" }, { DicomTag.TargetPrescriptionDose, 8m } },
        ]);
}
