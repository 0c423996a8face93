using System.Text.Json.Nodes;
using DicomRn.Learning.Phantoms;
using DicomRn.Phantoms;

namespace DicomRn.Tests.Phantoms;

public sealed class PhantomStudyWriterTests : IDisposable
{
    private static readonly PhantomStudyOptions Small = new() { Seed = 3, LesionCount = 2, Spacing = (3, 3, 3), Contours = PhantomContours.Both };

    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-phantom-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_study_holds_images_contours_and_truth_of_one_patient_and_study()
    {
        PhantomStudy study = await WriteAsync(Small with { WithUnenhancedT1 = true }, "a");

        List<DicomDataset> objects = [.. study.Files.Select(f => DicomFile.Open(f).Dataset)];
        Assert.All(objects, o => Assert.Equal("PHANTOM-3", o.GetString(DicomTag.PatientID)));
        Assert.All(objects, o => Assert.Equal(study.Truth.StudyInstanceUid, o.GetString(DicomTag.StudyInstanceUID)));
        Assert.Equal(
            ["MR", "RTSTRUCT", "SEG"],
            objects.Select(o => o.GetString(DicomTag.Modality)).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(4, objects.Select(o => o.GetString(DicomTag.SeriesInstanceUID)).Distinct().Count());
        Assert.Equal(objects.Count, objects.Select(o => o.GetString(DicomTag.SOPInstanceUID)).Distinct().Count());
        Assert.Single(objects.Select(o => o.GetString(DicomTag.FrameOfReferenceUID)).Distinct());
    }

    [Fact]
    public async Task The_truth_names_the_ROIs_of_the_contours()
    {
        PhantomStudy study = await WriteAsync(Small, "a");

        JsonNode truth = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(study.Folder, "truth.json"), TestContext.Current.CancellationToken))!;
        string[] rois = [.. truth["lesions"]!.AsArray().Select(l => l!["roi"]!.GetValue<string>())];
        DicomSequence contours = DicomFile.Open(Path.Combine(study.Folder, "RTSTRUCT.dcm")).Dataset.GetSequence(DicomTag.StructureSetROISequence);
        DicomSequence segments = DicomFile.Open(Path.Combine(study.Folder, "SEG.dcm")).Dataset.GetSequence(DicomTag.SegmentSequence);
        Assert.Equal(2, rois.Length);
        Assert.Equal(rois, contours.Select(item => item.GetString(DicomTag.ROIName)));
        Assert.Equal(rois, segments.Select(item => item.GetString(DicomTag.SegmentLabel)));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_files()
    {
        PhantomStudy first = await WriteAsync(Small, "a"), second = await WriteAsync(Small, "b");

        Assert.Equal(first.Files.Count, second.Files.Count);
        foreach ((string one, string other) in first.Files.Zip(second.Files))
            Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(other));
    }

    [Theory]
    [InlineData(PhantomContours.None, false, false)]
    [InlineData(PhantomContours.RtStruct, true, false)]
    [InlineData(PhantomContours.Seg, false, true)]
    internal async Task Only_the_contours_asked_for_are_there(PhantomContours contours, bool structureSet, bool segmentation)
    {
        PhantomStudy study = await WriteAsync(Small with { Contours = contours }, "a");

        Assert.Equal(structureSet, File.Exists(Path.Combine(study.Folder, "RTSTRUCT.dcm")));
        Assert.Equal(segmentation, File.Exists(Path.Combine(study.Folder, "SEG.dcm")));
    }

    [Fact]
    public async Task A_tilt_and_a_spacing_show_in_the_images()
    {
        PhantomStudy study = await WriteAsync(Small with { Spacing = (2, 2.5, 4), Tilt = (20, 0), Centre = PhantomCentre.Second }, "a");

        DicomDataset image = DicomFile.Open(study.Files.First(f => f.Contains("T1CE", StringComparison.Ordinal))).Dataset;
        Assert.Equal([2.5, 2], image.GetValues<double>(DicomTag.PixelSpacing));
        Assert.Equal(Math.Cos(20 * Math.PI / 180), image.GetValues<double>(DicomTag.ImageOrientationPatient)[4], 4);
    }

    private Task<PhantomStudy> WriteAsync(PhantomStudyOptions options, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        return new PhantomStudyWriter(options).WriteAsync(folder, new Progress<double>(), TestContext.Current.CancellationToken);
    }
}
