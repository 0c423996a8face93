using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.JpegLs;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Imaging.JpegLs;

/// <summary>Bit for bit what DCMTK and GDCM make of the same files, in both directions.</summary>
public sealed class JpegLsToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Native images: made up ones of several depths, and real MR and colour images where the test data is there.</summary>
    public static TheoryData<string> Sources { get; } = [.. Unsigned, .. Colour, .. Signed];

    /// <summary>Options of dcmcjpls; it encodes signed samples only as they are, and interleaves only colour.</summary>
    public static TheoryData<string, string> SourcesAndOptions { get; } = new(
        [
            .. Combine([.. Unsigned, .. Colour, .. Signed], ["+el", "+el +t1 5 +t2 9 +t3 30 +rs 31"]),
            .. Combine([.. Unsigned, .. Colour], ["+el +pc", "+en +md 1"]),
            .. Combine(Colour, ["+el +is", "+el +in", "+en +md 2 +il", "+en +md 3 +is", "+en +md 10 +in"]),
        ]);

    private static string[] Unsigned => ["8 bits", "10 bits", "16 bits", "transfer-syntaxes/pydicom-data/emri_small.dcm"];

    private static string[] Colour => ["8 bits colour", "transfer-syntaxes/1.2.840.10008.1.2.1.dcm"];

    private static string[] Signed => ["12 bits signed", "16 bits signed", "mr-rtstruct-sts/dicom/STS_025/MR_T1/image/000012.dcm"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(SourcesAndOptions))]
    public async Task What_dcmcjpls_encodes_decodes_as_dcmdjpls_has_it(string source, string options)
    {
        string native = Native(source), encoded = _folder["encoded.dcm"], reference = _folder["reference.dcm"];
        await RunAsync("dcmcjpls", "dcmtk", [.. options.Split(' '), native, encoded]);
        await RunAsync("dcmdjpls", "dcmtk", [encoded, reference]);
        (int precision, int[][] frames) = JpegLsFiles.Decode(encoded);
        Assert.Equal(JpegLsFiles.Native(reference, precision), frames);
        if (options.StartsWith("+el", StringComparison.Ordinal))
            Assert.Equal(JpegLsFiles.Native(native, precision), frames);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task What_gdcmconv_encodes_decodes_as_it_was(string source)
    {
        string native = Native(source), encoded = _folder["encoded.dcm"];
        await RunAsync("gdcmconv", "libgdcm-tools", ["--jpegls", native, encoded]);
        (int precision, int[][] frames) = JpegLsFiles.Decode(encoded);
        Assert.Equal(JpegLsFiles.Native(native, precision), frames);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task What_we_encode_decodes_with_DCMTK_and_GDCM_as_it_was(string source)
    {
        string native = Native(source), encoded = _folder["encoded.dcm"];
        int bits = DicomFile.Open(native).Dataset.GetSingleValue<ushort>(DicomTag.BitsStored);
        foreach (InterleaveMode interleave in InterleaveModes(source))
        {
            JpegLsFiles.Encode(native, encoded, new JpegLsOptions { Interleave = interleave });
            await RunAsync("dcmdjpls", "dcmtk", [encoded, _folder["dcmtk.dcm"]]);
            Assert.Equal(JpegLsFiles.Native(native, bits), JpegLsFiles.Native(_folder["dcmtk.dcm"], bits));
            await RunAsync("gdcmconv", "libgdcm-tools", ["--raw", encoded, _folder["gdcm.dcm"]]);
            Assert.Equal(JpegLsFiles.Native(native, bits), JpegLsFiles.Native(_folder["gdcm.dcm"], bits));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task What_we_encode_near_lossless_decodes_alike_here_and_with_DCMTK(string source)
    {
        string native = Native(source), encoded = _folder["encoded.dcm"];
        foreach (InterleaveMode interleave in InterleaveModes(source))
        {
            JpegLsFiles.Encode(native, encoded, new JpegLsOptions { Near = 4, Interleave = interleave });
            await RunAsync("dcmdjpls", "dcmtk", [encoded, _folder["dcmtk.dcm"]]);
            (int precision, int[][] frames) = JpegLsFiles.Decode(encoded);
            Assert.Equal(JpegLsFiles.Native(_folder["dcmtk.dcm"], precision), frames);
        }
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.80.dcm")]
    [InlineData("1.2.840.10008.1.2.4.81.dcm")]
    [InlineData("pydicom-data/emri_small_jpeg_ls_lossless.dcm")]
    public async Task Public_files_decode_as_dcmdjpls_has_them(string file)
    {
        string path = TestData.Require("transfer-syntaxes", file), reference = _folder["reference.dcm"];
        await RunAsync("dcmdjpls", "dcmtk", [path, reference]);
        (int precision, int[][] frames) = JpegLsFiles.Decode(path);
        Assert.Equal(JpegLsFiles.Native(reference, precision), frames);
    }

    [Fact]
    public void One_enhanced_MR_is_the_same_native_and_in_JPEG_LS()
    {
        (int precision, int[][] frames) = JpegLsFiles.Decode(TestData.Require("transfer-syntaxes", "pydicom-data", "emri_small_jpeg_ls_lossless.dcm"));
        Assert.Equal(JpegLsFiles.Native(TestData.Require("transfer-syntaxes", "pydicom-data", "emri_small.dcm"), precision), frames);
    }

    private static IEnumerable<(string Source, string Options)> Combine(string[] sources, string[] options) =>
        sources.SelectMany(source => options.Select(o => (source, o)));

    private static InterleaveMode[] InterleaveModes(string source) =>
        Colour.Contains(source) ? Enum.GetValues<InterleaveMode>() : [InterleaveMode.None];

    private static async Task RunAsync(string program, string package, string[] arguments)
    {
        (int status, string output, string error) = await ExternalTool.RunAsync(ExternalTool.Require(program, package), arguments, Token);
        Assert.True(status == 0, $"{program} {string.Join(' ', arguments)}: {output}{error}");
    }

    private string Native(string source)
    {
        if (source.Contains('/', StringComparison.Ordinal))
            return TestData.Require(source.Split('/'));
        string path = _folder["native.dcm"];
        int bits = int.Parse(source.Split(' ')[0], null);
        CodestreamShape shape = new(67, 45, source.EndsWith("colour", StringComparison.Ordinal) ? 3 : 1);
        JpegLsFiles.Write(path, SampleImages.Create(bits, shape, kind: 3, seed: bits), source.EndsWith("signed", StringComparison.Ordinal));
        return path;
    }
}
