using System.IO.Compression;
using System.Text;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nrrd;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Nrrd;

public sealed class NrrdFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-nrrd-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("little", "raw", "left-posterior-superior", 1)]
    [InlineData("big", "raw", "left-posterior-superior", 1)]
    [InlineData("little", "gzip", "right-anterior-superior", -1)]
    public async Task A_volume_is_read_into_LPS(string endian, string encoding, string space, double sign)
    {
        string path = await WriteAsync(
            $"NRRD0004\n# a comment\ntype: short\ndimension: 3\nspace: {space}\nsizes: 3 2 1\n"
            + $"space directions: (0.5,0,0) (0,2,0) (0,0,3)\nkinds: domain domain domain\nendian: {endian}\nencoding: {encoding}\nspace origin: (1,2,3)\n\n",
            [0, 1, -2, 3, 400, 5], endian == "big", encoding == "gzip");
        Volume<float> volume = await NrrdFile.ReadAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal([0f, 1f, -2f, 3f, 400f, 5f], volume.Voxels);
        Assert.Equal(new PatientPoint(sign * 1, sign * 2, 3), volume.Geometry.Origin);
        Assert.Equal((0.5, 2, 3), (volume.Geometry.SpacingI, volume.Geometry.SpacingJ, volume.Geometry.SpacingK));
        Assert.Equal(sign, volume.Geometry.DirectionI.X);
    }

    [Theory]
    [InlineData("type: short\ndimension: 4\nsizes: 1 1 1 1\nencoding: raw\n\n", "three dimensions")]
    [InlineData("type: short\ndimension: 3\nsizes: 99 99 99\nencoding: raw\n\n", "ends before its last voxel")]
    [InlineData("type: block\ndimension: 3\nsizes: 1 1 1\nencoding: raw\n\n", "type 'block' is not supported")]
    [InlineData("type: short\ndimension: 3\nsizes: 1 1 1\nencoding: bzip2\n\n", "encoding 'bzip2' is not supported")]
    [InlineData("type: short\n", "header does not end")]
    public async Task A_file_that_cannot_be_used_is_refused_by_name_and_reason(string header, string reason)
    {
        string path = await WriteAsync("NRRD0004\n" + header, [7], bigEndian: false, compressed: false);
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(
            () => NrrdFile.ReadAsync(path, TestContext.Current.CancellationToken));
        Assert.StartsWith(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(string header, short[] values, bool bigEndian, bool compressed)
    {
        byte[] data = [.. values.SelectMany(v => bigEndian ? new[] { (byte)(v >> 8), (byte)v } : [(byte)v, (byte)(v >> 8)])];
        if (compressed)
        {
            using MemoryStream packed = new();
            await using (GZipStream zip = new(packed, CompressionLevel.Fastest))
                await zip.WriteAsync(data, TestContext.Current.CancellationToken);
            data = packed.ToArray();
        }

        string path = Path.Combine(_folder, "volume.nrrd");
        await File.WriteAllBytesAsync(path, [.. Encoding.ASCII.GetBytes(header), .. data], TestContext.Current.CancellationToken);
        return path;
    }
}
