using DicomRn.CommandLine;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Commands;

/// <summary>An image to register: a DICOM series or a NIfTI file.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Volume">The image.</param>
/// <param name="Series">The series; null for a NIfTI file.</param>
internal sealed record RegistrationInput(string Path, Volume<float> Volume, SeriesVolume? Series)
{
    /// <summary>Reads a folder with one DICOM series or one NIfTI file, or a NIfTI file.</summary>
    /// <exception cref="JobFailedException">There is no such image, or more than one.</exception>
    public static async Task<RegistrationInput> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return await ReadNiftiAsync(path, path, cancellationToken);
        if (!Directory.Exists(path))
            throw new JobFailedException($"{path}: no such folder or file.");
        string[] files = [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal)];
        string[] nifti = [.. files.Where(IsNifti)], dicom = [.. files.Except(nifti).Where(DicomFile.HasValidHeader)];
        if (nifti.Length == 1 && dicom.Length == 0)
            return await ReadNiftiAsync(path, nifti[0], cancellationToken);
        if (dicom.Length == 0)
            throw new JobFailedException(nifti.Length == 0 ? $"{path}: neither DICOM files nor a NIfTI file." : $"{path}: holds {nifti.Length} NIfTI files; give one.");
        if (nifti.Length > 0)
            throw new JobFailedException($"{path}: holds DICOM and NIfTI files; give a folder with one image.");
        SeriesVolume series = await SeriesVolumeReader.ReadFilesAsync(dicom, cancellationToken);
        return new RegistrationInput(path, series.Volume, series);
    }

    private static async Task<RegistrationInput> ReadNiftiAsync(string path, string file, CancellationToken cancellationToken) =>
        IsNifti(file)
            ? new RegistrationInput(path, await NiftiFile.ReadImageAsync(file, cancellationToken), null)
            : throw new JobFailedException($"{file}: neither a folder nor a NIfTI file (.nii, .nii.gz).");

    private static bool IsNifti(string file) =>
        file.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);
}
