using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Export;

namespace DicomRn.Imaging.Tests.Export;

public sealed class RtStructExportTests
{
    [Fact]
    public async Task Contours_give_the_masks_back_exactly_and_the_file_is_valid()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        string path = Path.Combine(study.Folder, "rtstruct.dcm");
        await Export(study).WriteAsync(path, cancellationToken);

        RtStructureSet read = await RtStructureSet.ReadFileAsync(path, cancellationToken);
        Assert.Equal(["TV 1", "Vol 2y"], read.Rois.Select(r => r.Name));
        Assert.Equal(["GTV", ""], read.Rois.Select(r => r.InterpretedType));
        Assert.Equal([new RgbColor(255, 0, 0), new RgbColor(0, 200, 255)], read.Rois.Select(r => r.Color!.Value));
        Assert.Equal(["2.25.1003"], read.FrameOfReferenceUids);
        Assert.Equal(["2.25.1002"], read.ReferencedSeriesUids);
        Assert.Equal(["2.25.1001"], read.ReferencedStudyUids);
        Assert.Equal(study.Series.Instances.Select(i => i.SopInstanceUid), read.ReferencedSopInstanceUids);
        Assert.Equal(2, read.Rois[0].Contours.Count);
        Assert.Equal([study.Series.Instances[2].SopInstanceUid], read.Rois[0].Contours[0].ReferencedImages.Select(i => i.SopInstanceUid));

        RasterizedRoi ring = ContourRasterizer.Rasterize(read.Rois[0], study.Read.Volume.Geometry);
        Assert.Equal(study.Ring.Voxels, ring.Mask.Voxels);
        Assert.Empty(ring.Warnings);
        Assert.Equal(study.TwoParts.Voxels, ContourRasterizer.Rasterize(read.Rois[1], study.Read.Volume.Geometry).Mask.Voxels);
        await ExportedStudy.RequireValidAsync(path, cancellationToken);
    }

    [Fact]
    public async Task A_mask_on_another_grid_is_refused()
    {
        using ExportedStudy study = await ExportedStudy.WriteAsync(TestContext.Current.CancellationToken);
        RtStructExport export = Export(study);
        Assert.Throws<ArgumentException>(() => (export with
        {
            Images = study.Series with { Geometry = study.Series.Geometry with { SpacingK = 2.3 } },
        }).ToDicomFile());
    }

    private static RtStructExport Export(ExportedStudy study) => new()
    {
        Images = study.Series,
        Patient = ExportedStudy.Patient,
        Study = ExportedStudy.Study,
        Series = new ExportSeries
        {
            SeriesInstanceUid = "2.25.1005",
            Number = 100,
            Description = "Contours",
            Date = ExportedStudy.Study.Date,
        },
        Equipment = ExportedStudy.Equipment,
        SopInstanceUid = "2.25.1006",
        Rois =
        [
            new RtExportRoi { Name = "TV 1", Mask = study.Ring },
            new RtExportRoi { Name = "Vol 2y", Mask = study.TwoParts, InterpretedType = "", Color = new RgbColor(0, 200, 255) },
        ],
    };
}
