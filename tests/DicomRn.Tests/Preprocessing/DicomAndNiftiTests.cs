using DicomRn.Imaging.Contours;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Segmentation;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Cohorts;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Preprocessing;
using DicomRn.Phantoms;
using DicomRn.TestSupport;

namespace DicomRn.Tests.Preprocessing;

/// <summary>What the node reads from DICOM and what training reads from a cohort's NIfTI files become the same model input.</summary>
public sealed class DicomAndNiftiTests : IDisposable
{
    private static readonly PreprocessingSettings Settings = new();

    private static readonly PhantomStudyOptions Oblique = new()
    {
        Seed = 12,
        LesionCount = 2,
        Contours = PhantomContours.Both,
        Spacing = (1.2, 1.4, 2.2),
        Tilt = (18, -9),
    };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Series_with_RTSTRUCT_or_SEG_and_the_NIfTI_files_of_the_same_phantom_give_the_same_tensor()
    {
        PhantomStudy study = await new PhantomStudyWriter(Oblique).WriteAsync(_folder["dicom"], new Progress<double>(), Cancel);
        string contours = _folder["dicom", "RTSTRUCT.dcm"], segments = _folder["dicom", "SEG.dcm"];
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(study.Files.Except([contours, segments]), Cancel);
        RtStructureSet set = RtStructureSet.Read((await DicomFile.OpenAsync(contours)).Dataset);
        SegmentationObject segmentation = await SegmentationObject.ReadFileAsync(segments, Cancel);

        PhantomHead head = PhantomHead.Generate(Oblique.ToPhantomOptions(), Cancel);
        IReadOnlyList<CohortEntry> cohort = await CohortAsync(head);
        Assert.Equal(2, cohort.Count);
        for (int n = 0; n < cohort.Count; n++)
        {
            LesionCrop trained = (await CohortScan.ReadAsync(cohort[n], Settings, Cancel)).LesionCrop(Settings);
            Volume<byte> drawn = ContourRasterizer.Rasterize(set.Rois[n], series.Series.Geometry).Mask;
            AssertSame(trained, LesionPreprocessor.Prepare(series.Volume, drawn, Settings)!);
            AssertSame(trained, LesionPreprocessor.Prepare(series.Volume, segmentation.Mask(n + 1, series.Series.Geometry).Mask, Settings)!);
        }
    }

    [Fact]
    public async Task Axes_that_run_another_way_in_the_file_do_not_matter()
    {
        PhantomHead head = PhantomHead.Generate(Oblique.ToPhantomOptions(), Cancel);
        Volume<float> image = Turned(head.T1ce);
        Volume<byte> mask = Turned(head.Lesions[0].Mask);
        CohortEntry entry = (await CohortAsync(head))[0];
        LesionCrop straight = (await CohortScan.ReadAsync(entry, Settings, Cancel)).LesionCrop(Settings);
        await NiftiFile.WriteAsync(_folder["turned.nii"], image, Cancel);
        await NiftiFile.WriteAsync(_folder["turned-mask.nii"], mask, Cancel);
        CohortEntry other = entry with { Image = _folder["turned.nii"], Mask = _folder["turned-mask.nii"] };
        AssertSame(straight, (await CohortScan.ReadAsync(other, Settings, Cancel)).LesionCrop(Settings));
    }

    private async Task<IReadOnlyList<CohortEntry>> CohortAsync(PhantomHead head)
    {
        Directory.CreateDirectory(_folder["cohort"]);
        string image = _folder["cohort", "t1ce.nii.gz"];
        await NiftiFile.WriteAsync(image, head.T1ce, Cancel);
        List<CohortEntry> entries = [];
        foreach (PhantomLesionTruth lesion in head.Lesions)
        {
            string mask = _folder["cohort", $"lesion-{lesion.Number}.nii.gz"];
            await NiftiFile.WriteAsync(mask, lesion.Mask, Cancel);
            entries.Add(new CohortEntry
            {
                Patient = "p",
                Lesion = $"{lesion.Number}",
                Image = image,
                Mask = mask,
                Label = lesion.Class,
                IsIndex = true,
                Centre = "A",
                Split = CohortSplit.Development,
            });
        }

        Cohort.Write(_folder["cohort"], entries);
        return Cohort.Read(_folder["cohort"]).Entries;
    }

    /// <summary>The same voxels at the same places, stored with I and K exchanged and J backwards.</summary>
    private static Volume<T> Turned<T>(Volume<T> volume)
        where T : unmanaged
    {
        VolumeGeometry g = volume.Geometry;
        Volume<T> turned = new(g with
        {
            Columns = g.Slices,
            Slices = g.Columns,
            Origin = g.ToPatient(new VoxelPoint(0, g.Rows - 1, 0)),
            DirectionI = g.DirectionK,
            DirectionJ = g.DirectionJ * -1,
            DirectionK = g.DirectionI,
            SpacingI = g.SpacingK,
            SpacingK = g.SpacingI,
        });
        for (int k = 0; k < g.Slices; k++)
        {
            for (int j = 0; j < g.Rows; j++)
            {
                for (int i = 0; i < g.Columns; i++)
                    turned[k, g.Rows - 1 - j, i] = volume[i, j, k];
            }
        }

        return turned;
    }

    // DICOM stores whole numbers, NIfTI positions in single precision: a hundredth of a normalised unit, and a voxel of the mask here and there.
    private static void AssertSame(LesionCrop expected, LesionCrop actual)
    {
        Assert.True(expected.Grid.Coincides(actual.Grid, 0.01));
        Assert.All(expected.Image.Zip(actual.Image), p => Assert.Equal(p.First, p.Second, 0.02f));
        Assert.InRange(expected.Mask.Zip(actual.Mask).Count(p => p.First != p.Second), 0, expected.Mask.Sum(v => v) / 200);
        Assert.Equal(expected.VolumeMm3, actual.VolumeMm3, 0.01 * expected.VolumeMm3);
    }
}
