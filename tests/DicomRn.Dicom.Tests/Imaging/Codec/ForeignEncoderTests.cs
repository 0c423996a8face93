using DicomRn.Dicom.Imaging.Codec;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Images, compressed without loss by DCMTK and GDCM, come out of our decoders as they went into their encoders.</summary>
public sealed class ForeignEncoderTests
{
    private const string SignedMr = "mr-rtstruct-sts/dicom/STS_025/MR_T1/image/000000.dcm";
    private const string GeMr = "vendor-mr/dicom2nifti/ge/anatomical/001/IM-0001-0112-0001.dcm";
    private const string SiemensMr = "vendor-mr/dicom2nifti/siemens/anatomical/001_implicit/IM-0001-0112-0001.dcm";
    private const string EnhancedMr = "transfer-syntaxes/pydicom-data/emri_small.dcm";
    private const string SignedCt = "geometry-to-reject/sliceincrement/001/IM-0001-0007-0001.dcm";
    private const string Colour = "pydicom/test_files/examples_rgb_color.dcm";
    private const string OddColour = "pydicom/test_files/SC_rgb_small_odd.dcm";
    private const string Palette = "pydicom/test_files/examples_palette.dcm";
    private const string Overlay = "pydicom/test_files/examples_overlay.dcm";
    private const string Dose = "pydicom/test_files/rtdose.dcm";

    private static readonly string[] Every =
        [SignedMr, GeMr, SiemensMr, EnhancedMr, SignedCt, Colour, OddColour, Palette, Overlay];

    public static TheoryData<string, string, string> Encoders { get; } =
    [
        .. Combine(["dcmcrle", "dcmcjpeg +e1", "dcmcjpeg +e1 +fs 1", "gdcmconv --jpeg", "dcmcjpls", "dcmcjpls +pc", "gdcmconv --jpegls"], Every),
        .. Combine(["dcmcjpeg +el +sv 1", "dcmcjpeg +el +sv 2", "dcmcjpeg +el +sv 3", "dcmcjpeg +el +sv 4"], [SignedMr, SiemensMr, OddColour]),
        .. Combine(["dcmcjpeg +el +sv 5", "dcmcjpeg +el +sv 6", "dcmcjpeg +el +sv 7"], [SignedMr, SiemensMr, OddColour]),
        .. Combine(["gdcmconv --j2k"], [SignedMr, SiemensMr, EnhancedMr, Colour, Palette, Overlay]),

        // Of frames with an odd number of bytes GDCM's encoders of RLE and JPEG 2000 die themselves.
        .. Combine(["gdcmconv --rle"], Every.Except([OddColour])),
    ];

    [Theory]
    [MemberData(nameof(Encoders))]
    public Task What_others_compress_without_loss_comes_back_exactly(string program, string options, string file) =>
        ComesBackAsync(program, options, file);

    [Fact]
    public Task Thirty_two_bits_come_back_from_RLE_exactly() => ComesBackAsync("dcmcrle", "", Dose);

    [Fact]
    public async Task Frames_are_found_without_an_offset_table()
    {
        // Ten frames in forty fragments: only their first bytes tell where one begins.
        using TemporaryFolder folder = new();
        DicomDataset compressed = await ConvertAsync("dcmcjpeg", "+e1 +fs 1 -ot", TestData.Require(EnhancedMr), folder["x.dcm"]);
        DicomFragmentSequence fragments = compressed.GetDicomItem<DicomFragmentSequence>(DicomTag.PixelData)!;
        Assert.Empty(fragments.OffsetTable);
        Assert.True(fragments.Fragments.Count > 10);
        DicomDataset native = DicomFile.Open(TestData.Require(EnhancedMr)).Dataset;
        Assert.Equal(Images.Frames(native), Images.Frames(compressed.Clone(DicomTransferSyntax.ExplicitVRLittleEndian)));
    }

    private static async Task ComesBackAsync(string program, string options, string file)
    {
        string source = TestData.Require(file);
        using TemporaryFolder folder = new();
        DicomDataset compressed = await ConvertAsync(program, options, source, folder["x.dcm"]);
        Assert.True(compressed.InternalTransferSyntax.IsEncapsulated);
        DicomDataset decoded = compressed.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
        DicomDataset native = DicomFile.Open(source).Dataset;
        Assert.Equal(Images.Interleaved(native), Images.Interleaved(decoded));
        Assert.Equal(native.GetString(DicomTag.PhotometricInterpretation), decoded.GetString(DicomTag.PhotometricInterpretation));
        Assert.NotEqual("01", decoded.GetSingleValueOrDefault(DicomTag.LossyImageCompression, ""));
    }

    internal static async Task<DicomDataset> ConvertAsync(string program, string options, string source, string target)
    {
        string path = ExternalTool.Require(program, program == "gdcmconv" ? "libgdcm-tools" : "dcmtk");
        string[] arguments = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), source, target];
        (int status, string output, string error) = await ExternalTool.RunAsync(path, arguments, TestContext.Current.CancellationToken);
        Assert.True(status == 0, output + error);
        return DicomFile.Open(target, FileReadOption.ReadAll).Dataset;
    }

    private static IEnumerable<TheoryDataRow<string, string, string>> Combine(string[] commands, IEnumerable<string> files) =>
        from command in commands
        let parts = command.Split(' ', 2)
        from file in files
        select new TheoryDataRow<string, string, string>(parts[0], parts.ElementAtOrDefault(1) ?? "", file);
}
