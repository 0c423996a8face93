using DicomRn.Imaging.Export;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Export;

public sealed class SegmentationExportTests
{
    [Fact]
    public async Task Every_slice_has_a_frame_and_the_file_is_valid()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        string path = Path.Combine(study.Folder, "seg.dcm");
        await Export(study).WriteAsync(path, cancellationToken);
        await ExportedStudy.RequireValidAsync(path, cancellationToken);

        DicomDataset dataset = (await DicomFile.OpenAsync(path)).Dataset;
        Assert.Equal(12, dataset.GetSingleValue<int>(DicomTag.NumberOfFrames));
        Assert.Equal("Łukasiewicz^Anné", dataset.GetString(DicomTag.PatientName));
        Assert.Equal("2.25.1001", dataset.GetString(DicomTag.StudyInstanceUID));
        Assert.Equal("NO", dataset.GetString(DicomTag.SegmentsOverlap));
        Assert.Equal("YES", Export(study, study.Ring).ToDicomFile().Dataset.GetString(DicomTag.SegmentsOverlap));
    }

    [Fact]
    public async Task Empty_masks_and_other_grids_are_refused()
    {
        using ExportedStudy study = await ExportedStudy.WriteAsync(TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentException>(() => Export(study, new Volume<byte>(study.Image.Geometry)).ToDicomFile());
        Assert.Throws<ArgumentException>(() =>
            Export(study, new Volume<byte>(study.Image.Geometry with { Slices = 5 })).ToDicomFile());
        Assert.Throws<ArgumentException>(() => (Export(study) with { Segments = [] }).ToDicomFile());
    }

    internal static SegmentationExport Export(ExportedStudy study, Volume<byte>? second = null) => new()
    {
        Source = study.Read,
        SopInstanceUid = "2.25.1008",
        Series = new ExportSeries
        {
            SeriesInstanceUid = "2.25.1007",
            Number = 9001,
            Description = "Lesions",
            Date = ExportedStudy.Study.Date,
        },
        Equipment = ExportedStudy.Equipment,
        Contributors = [new ContributingEquipment { Equipment = ExportedStudy.Equipment, DeviceUid = "2.25.7" }],
        Segments =
        [
            new SegmentDefinition
            {
                Mask = study.Ring, Label = "Lesion 1", TrackingId = "L1", TrackingUid = "2.25.2001", AlgorithmName = "Contour rasterisation",
            },
            new SegmentDefinition
            {
                Mask = second ?? study.TwoParts, Label = "Lesion 2", TrackingId = "L2", TrackingUid = "2.25.2002",
                AlgorithmType = SegmentAlgorithmType.Manual, AnatomicRegion = new CodedTerm("12738006", "SCT", "Brain"),
            },
        ],
    };
}
