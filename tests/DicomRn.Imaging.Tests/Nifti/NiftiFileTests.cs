using System.IO.Compression;
using CsCheck;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Tests.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Nifti;

public sealed class NiftiFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dicomrn-nifti-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Any_image_and_mask_is_read_as_it_was_written()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await Gen.Select(Grids.Any(8), Gen.Bool, Gen.Int).SampleAsync(async (grid, compressed, seed) =>
        {
            string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.nii{(compressed ? ".gz" : "")}");
            Random random = new(seed);
            Volume<float> image = new(grid, [.. Enumerable.Range(0, (int)grid.VoxelCount).Select(_ => random.NextSingle())]);
            await NiftiFile.WriteAsync(path, image, cancellationToken);
            Volume<float> read = await NiftiFile.ReadImageAsync(path, cancellationToken);
            Assert.Equal(image.Voxels, read.Voxels);
            Assert.True(grid.Coincides(read.Geometry, 1e-3));

            Volume<byte> mask = new(grid, Array.ConvertAll(image.Voxels, v => v > 0.5f ? (byte)1 : (byte)0));
            await NiftiFile.WriteAsync(path, mask, cancellationToken);
            Assert.Equal(mask.Voxels, (await NiftiFile.ReadMaskAsync(path, cancellationToken)).Voxels);
            File.Delete(path);
        }, iter: 60);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(600)]
    public async Task Stretches_of_zeros_are_left_out_of_the_file_and_read_as_zeros(int stretches)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Random random = new(stretches);
        Volume<byte> mask = new(VolumeGeometry.Axial(301, 257, 61, 1, PatientPoint.Origin));
        for (int n = 0; n < stretches; n++)
        {
            int first = random.Next(mask.Voxels.Length), length = Math.Min(random.Next(1 << random.Next(18)), mask.Voxels.Length - first);
            foreach (ref byte voxel in mask.Voxels.AsSpan(first, length))
                voxel = (byte)random.Next(2);
        }

        string plain = Path.Combine(_folder, "sparse.nii"), compressed = plain + ".gz";
        await NiftiFile.WriteAsync(plain, mask, cancellationToken);
        await NiftiFile.WriteAsync(compressed, mask, cancellationToken);
        byte[] bytes = await File.ReadAllBytesAsync(plain, cancellationToken);
        Assert.Equal(mask.Voxels.Length + 352, bytes.Length);
        Assert.True(bytes.AsSpan(352).SequenceEqual(mask.Voxels));

        int from = Array.FindIndex(mask.Voxels, v => v != 0), to = Array.FindLastIndex(mask.Voxels, v => v != 0), area = 301 * 257;
        foreach (string path in new[] { plain, compressed })
        {
            await NiftiFile.WriteAsync(path + ".part" + Path.GetExtension(path), mask, from < 0 ? 0..0 : (from / area)..(to / area + 1), cancellationToken);
            Assert.True((await NiftiFile.ReadMaskAsync(path + ".part" + Path.GetExtension(path), cancellationToken)).Voxels.AsSpan().SequenceEqual(mask.Voxels));
        }

        // The reader checks checksum and length of the gzip member.
        await using GZipStream gzip = new(File.OpenRead(compressed), CompressionMode.Decompress);
        using MemoryStream unpacked = new();
        await gzip.CopyToAsync(unpacked, cancellationToken);
        Assert.True(unpacked.ToArray().AsSpan().SequenceEqual(bytes));
        Assert.Equal(bytes.Length, BitConverter.ToInt32((await File.ReadAllBytesAsync(compressed, cancellationToken)).AsSpan(^4..)));
    }

    [Fact]
    public async Task Long_stretches_that_are_packed_side_by_side_stay_in_order()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Random random = new(7);
        Volume<float> image = new(VolumeGeometry.Axial(256, 250, 90, 1, PatientPoint.Origin));
        for (int first = 0; first < image.Voxels.Length;)
        {
            int length = Math.Min(random.Next(1 << random.Next(8, 21)), image.Voxels.Length - first);
            if (random.Next(3) > 0)
            {
                foreach (ref float voxel in image.Voxels.AsSpan(first, length))
                    voxel = random.NextSingle();
            }

            first += length;
        }

        string path = Path.Combine(_folder, "long.nii.gz");
        await NiftiFile.WriteAsync(path, image, cancellationToken);
        Assert.True((await NiftiFile.ReadImageAsync(path, cancellationToken)).Voxels.AsSpan().SequenceEqual(image.Voxels));
    }

    [Fact]
    public async Task The_qform_says_the_same_as_the_sform()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await Grids.Any(5).SampleAsync(async grid =>
        {
            string path = Path.Combine(_folder, $"{Guid.NewGuid():N}.nii");
            await NiftiFile.WriteAsync(path, new Volume<byte>(grid), cancellationToken);
            byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            bytes[254] = 0;
            await File.WriteAllBytesAsync(path, bytes, cancellationToken);
            // A quaternion in single precision whose scalar part, which is not stored, is nearly 0 loses half of its digits.
            Assert.True(grid.Coincides((await NiftiFile.ReadMaskAsync(path, cancellationToken)).Geometry, 2e-2));
            File.Delete(path);
        }, iter: 60);
    }

    [Fact]
    public async Task Rescale_and_sixteen_bit_integers_are_applied_and_kept()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string path = Path.Combine(_folder, "rescaled.nii");
        await NiftiFile.WriteAsync(path, new Volume<short>(VolumeGeometry.Axial(3, 1, 1, 1, PatientPoint.Origin), [-5, 0, 300]), cancellationToken);
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        BitConverter.GetBytes(2.5f).CopyTo(bytes, 112);
        BitConverter.GetBytes(-1f).CopyTo(bytes, 116);
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
        Volume<float> read = await NiftiFile.ReadImageAsync(path, cancellationToken);
        Assert.Equal([-13.5f, -1f, 749f], read.Voxels);
    }

    [Theory]
    [InlineData("short", "the file ends before its last voxel")]
    [InlineData("text", "not a NIfTI-1 file")]
    [InlineData("huge", "the file ends before its last voxel")]
    [InlineData("type", "data type 32 is not supported")]
    [InlineData("series", "single volumes")]
    [InlineData("flat", "singular")]
    public async Task A_damaged_file_is_refused_by_name_and_reason(string damage, string reason)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string path = Path.Combine(_folder, $"{damage}.nii");
        await NiftiFile.WriteAsync(path, new Volume<byte>(VolumeGeometry.Axial(9, 9, 9, 1, PatientPoint.Origin)), cancellationToken);
        byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        switch (damage)
        {
            case "short":
                bytes = bytes[..^1];
                break;
            case "text":
                bytes[0] = 0x20;
                break;
            case "huge":
                BitConverter.GetBytes((short)900).CopyTo(bytes, 42);
                BitConverter.GetBytes((short)900).CopyTo(bytes, 44);
                BitConverter.GetBytes((short)900).CopyTo(bytes, 46);
                break;
            case "type":
                bytes[70] = 32;
                break;
            case "series":
                bytes[40] = 4;
                bytes[48] = 20;
                break;
            case "flat":
                Array.Clear(bytes, 280, 48);
                break;
        }

        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
        InvalidDataException e = await Assert.ThrowsAsync<InvalidDataException>(() => NiftiFile.ReadImageAsync(path, cancellationToken));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}
