using DicomRn.Imaging.Nifti;
using DicomRn.Node.Matching;
using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;
using DicomRn.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Pipeline;

public sealed class CompressedStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.2.840.10008.1.2.5")]
    [InlineData("1.2.840.10008.1.2.4.80")]
    [InlineData("1.2.840.10008.1.2.8.1")]
    public async Task A_compressed_study_gives_the_very_same_result(string syntax)
    {
        DicomTransferSyntax target = DicomTransferSyntax.Parse(syntax);
        await SameResultAsync((source, packed) => DicomFile.Open(source, FileReadOption.ReadAll).Clone(target).SaveAsync(packed));
    }

    [Theory]
    [InlineData("dcmcjpeg", "+e1", "dcmtk")]
    [InlineData("gdcmconv", "--j2k", "libgdcm-tools")]
    public async Task A_study_that_others_compressed_gives_the_very_same_result(string program, string option, string package)
    {
        string path = ExternalTool.Require(program, package);
        await SameResultAsync((source, packed) => PackAsync(path, option, source, packed));
    }

    [Fact]
    public async Task A_compressed_segmentation_gives_the_same_masks()
    {
        await new TestStudy { WithContours = false, WithSegmentation = true }.WriteAsync(_folder["in"], Cancellation);
        string segmentation = _folder["in", "seg.dcm"];
        DicomFile.Open(segmentation, FileReadOption.ReadAll).Clone(DicomTransferSyntax.RLELossless).Save(_folder["packed.dcm"]);
        File.Move(_folder["packed.dcm"], segmentation, overwrite: true);

        await RunAsync(TestStudy.Input(_folder["in"]), "work");

        for (int n = 0; n < 2; n++)
            Assert.Equal(TestStudy.Masks[n].Voxels, (await NiftiFile.ReadMaskAsync(_folder["work", $"lesion-{n + 1}.nii.gz"], Cancellation)).Voxels);
    }

    [Fact]
    public async Task Results_of_a_study_that_was_compressed_with_loss_say_so()
    {
        string program = ExternalTool.Require("dcmcjpls", "dcmtk");
        await new TestStudy().WriteAsync(_folder["plain"], Cancellation);
        Directory.CreateDirectory(_folder["in"]);
        File.Copy(_folder["plain", "rtstruct.dcm"], _folder["in", "rtstruct.dcm"]);

        // The UIDs are kept: the contours refer to them.
        foreach (string image in Directory.EnumerateFiles(_folder["plain", "mr"]))
            await PackAsync(program, "+en +un", image, _folder["in", Path.GetFileName(image)]);

        StudyResult result = await RunAsync(TestStudy.Input(_folder["in"]), "work");

        Assert.Equal(2, result.Lesions.Count);
        string report = await DicomValidators.DsrdumpAsync(result.Results.Single(f => f.Kind == ResultKind.SR).Path, Cancellation);
        Assert.Contains("compressed with loss (ISO_14495_1)", report, StringComparison.Ordinal);
        foreach (ResultFile file in result.Results.Where(f => f.Kind is ResultKind.SEG or ResultKind.SC))
        {
            DicomDataset derived = DicomFile.Open(file.Path).Dataset;
            Assert.False(derived.InternalTransferSyntax.IsEncapsulated);
            Assert.Equal("01", derived.GetString(DicomTag.LossyImageCompression));
            Assert.Equal("ISO_14495_1", derived.GetString(DicomTag.LossyImageCompressionMethod));
            Assert.True(derived.GetSingleValue<double>(DicomTag.LossyImageCompressionRatio) > 1);
            await DicomValidators.DciodvfyAcceptsAsync(file.Path, Cancellation);
        }
    }

    private async Task SameResultAsync(Func<string, string, Task> compress)
    {
        StudyInput plain = await new TestStudy().WriteAsync(_folder["in"], Cancellation);
        StudyResult expected = await RunAsync(plain, "plain");
        foreach (string file in Directory.GetFiles(_folder["in", "mr"]))
        {
            await compress(file, _folder["packed.dcm"]);
            Assert.True((await DicomFile.OpenAsync(_folder["packed.dcm"])).Dataset.InternalTransferSyntax.IsEncapsulated);
            File.Move(_folder["packed.dcm"], file, overwrite: true);
        }

        StudyResult result = await RunAsync(plain, "work");

        Assert.Equal(2, result.Lesions.Count);
        Assert.All(result.Lesions, l => Assert.NotNull(l.Probability));
        Assert.Equal(expected.Lesions, result.Lesions);
        Assert.Equal(expected.Notes, result.Notes);
        MatchingRecord before = await MatchingAsync("plain"), after = await MatchingAsync("work");
        Assert.Equivalent(before.Lesions, after.Lesions, strict: true);
        foreach (ResultFile file in result.Results)
            Assert.False(DicomFile.Open(file.Path).Dataset.InternalTransferSyntax.IsEncapsulated);
    }

    private async Task<MatchingRecord> MatchingAsync(string work) =>
        (await DurableRecord.ReadAsync<MatchingRecord>(_folder[work, MatchingRecord.FileName], Cancellation))!;

    private Task<StudyResult> RunAsync(StudyInput input, string work) =>
        new StudyPipeline(
            new VoxelModel(), new(), new(), new ReportingOptions { OverlaySlices = 1, OverlayPanelSize = 128 }, _time,
            NullLogger<StudyPipeline>.Instance).RunAsync(input, _folder[work], null, Cancellation);

    private static async Task PackAsync(string program, string options, string source, string target)
    {
        string[] arguments = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), source, target];
        (int status, string output, string error) = await ExternalTool.RunAsync(program, arguments, Cancellation);
        Assert.True(status == 0, output + error);
    }
}
