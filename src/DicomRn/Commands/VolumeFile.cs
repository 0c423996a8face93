using DicomRn.CommandLine;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Nrrd;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Commands;

/// <summary>A volume in a NIfTI or NRRD file, told apart by their first bytes.</summary>
internal static class VolumeFile
{
    /// <exception cref="JobFailedException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static async Task<Volume<float>> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
            throw new JobFailedException($"{file}: no such file.");
        byte[] magic = new byte[4];
        int read;
        await using (FileStream stream = file.OpenRead())
            read = await stream.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken);
        return read == magic.Length && magic.AsSpan().SequenceEqual("NRRD"u8)
            ? await NrrdFile.ReadAsync(file.FullName, cancellationToken)
            : await NiftiFile.ReadImageAsync(file.FullName, cancellationToken);
    }
}
