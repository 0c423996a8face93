using System.IO.Compression;
using System.Text;
using DicomRn.Fuzzing.Mutations;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Nrrd;

namespace DicomRn.Fuzzing.Targets;

/// <summary>A NIfTI or NRRD file.</summary>
internal sealed class VolumeFileTarget(string name, bool isNrrd) : FuzzTarget(name)
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dicomrn-fuzzing-{Environment.ProcessId}.{name}");

    public override MemoryBound Memory => new(20_000, 64 << 20);

    public override bool UsesOtherThreads => true;

    public override IReadOnlyList<IMutation> Mutations { get; } = isNrrd
        ? [TokenMutation.OfText("sizes: 65535 65535 65535\n", "type: double\n", "encoding: gzip\n", "encoding: raw\n", "(", ")", ",", "nan", "none", "-1", "\n\n", ":=")]
        : [new TokenMutation([0x5C, 1, 0, 0], [0, 0, 1, 0x5C], [.. "n+1"u8], [0x1F, 0x8B, 8, 0], [0, 0, 0xC0, 0x7F], [0xFF, 0x7F])];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        byte[] plain = isNrrd ? Nrrd("raw", new byte[48]) : Nifti();
        yield return plain;
        yield return isNrrd ? Nrrd("gzip", Gzip(new byte[48])) : Gzip(plain);
    }

    public override async ValueTask ExecuteAsync(byte[] input)
    {
        await File.WriteAllBytesAsync(_path, input);
        try
        {
            if (isNrrd)
                await NrrdFile.ReadAsync(_path);
            else
                await NiftiFile.ReadImageAsync(_path);
        }
        finally
        {
            File.Delete(_path);
        }
    }

    public override bool IsRefusal(Exception exception) => exception is InvalidDataException;

    private static byte[] Nrrd(string encoding, byte[] data)
    {
        string header = "NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 4 3 2\n"
            + $"space directions: (1,0,0) (0,1,0) (0,0,2)\nkinds: domain domain domain\nendian: little\nencoding: {encoding}\nspace origin: (0,0,0)\n\n";
        return [.. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] Nifti()
    {
        byte[] file = new byte[352 + 48];
        BitConverter.TryWriteBytes(file, 348);
        short[] dimensions = [3, 4, 3, 2, 1, 1, 1, 1];
        for (int i = 0; i < 8; i++)
        {
            BitConverter.TryWriteBytes(file.AsSpan(40 + (2 * i)), dimensions[i]);
            BitConverter.TryWriteBytes(file.AsSpan(76 + (4 * i)), 1f);
        }

        BitConverter.TryWriteBytes(file.AsSpan(70), (short)4);
        BitConverter.TryWriteBytes(file.AsSpan(72), (short)16);
        BitConverter.TryWriteBytes(file.AsSpan(108), 352f);
        BitConverter.TryWriteBytes(file.AsSpan(254), (short)1);
        for (int row = 0; row < 3; row++)
            BitConverter.TryWriteBytes(file.AsSpan(280 + (16 * row) + (4 * row)), 1f);
        "n+1\0"u8.CopyTo(file.AsSpan(344));
        return file;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
