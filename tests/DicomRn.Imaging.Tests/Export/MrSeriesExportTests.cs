using DicomRn.Imaging.Export;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Tests.Export;

public sealed class MrSeriesExportTests
{
    [Fact]
    public async Task A_series_is_read_back_as_it_was_and_every_file_is_valid()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        Assert.Equal(study.Image.Voxels, study.Read.Volume.Voxels);
        Assert.True(study.Read.Volume.Geometry.Coincides(study.Image.Geometry, 1e-6));
        Assert.Equal(study.Series.Instances.Select(i => i.SopInstanceUid), study.Read.Series.Instances.Select(i => i.SopInstanceUid));
        Assert.Equal("2.25.1003", study.Read.Series.FrameOfReferenceUid);
        Assert.Equal("Łukasiewicz^Anné", study.Read.FirstDataset.GetString(DicomTag.PatientName));
        Assert.Equal("YES", study.Read.FirstDataset.GetString(DicomTag.QualityControlSubject));
        foreach (SourceInstance instance in study.Series.Instances)
            await ExportedStudy.RequireValidAsync(instance.Path!, cancellationToken);
    }

    [Fact]
    public async Task Values_between_the_steps_are_kept_by_a_rescale_slope()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        using ExportedStudy study = await ExportedStudy.WriteAsync(cancellationToken);
        for (int n = 0; n < study.Image.Voxels.Length; n++)
            study.Image.Voxels[n] = n / 100f - 3;
        MrSeriesExport export = study.MrExport() with { RescaleSlope = 0.01, RescaleIntercept = -3 };
        ImageSeries written = await export.WriteAsync(Path.Combine(study.Folder, "fine"), cancellationToken);
        SeriesVolume read = await SeriesVolumeReader.ReadFilesAsync(written.Instances.Select(i => i.Path!), cancellationToken);
        for (int n = 0; n < study.Image.Voxels.Length; n++)
            Assert.Equal(study.Image.Voxels[n], read.Volume.Voxels[n], 1e-4);
        await ExportedStudy.RequireValidAsync(written.Instances[0].Path!, cancellationToken);
    }

    [Fact]
    public async Task Values_that_do_not_fit_into_sixteen_bits_are_refused()
    {
        using ExportedStudy study = await ExportedStudy.WriteAsync(TestContext.Current.CancellationToken);
        study.Image.Voxels[0] = 70_000;
        Assert.Throws<ArgumentException>(() => study.MrExport().ToDataset(0));
        study.Image.Voxels[0] = -1;
        study.Image.Voxels[1] = 40_000;
        Assert.Throws<ArgumentException>(() => study.MrExport().ToDataset(0));
    }
}
