using DicomRn.CommandLine;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Commands;

/// <summary>An image to register: a DICOM series or a NIfTI file.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Volume">The image.</param>
/// <param name="Series">The series; null for a NIfTI file.</param>
/// <param name="LeftOut">What else the folder holds, as a sentence; empty where it holds nothing else.</param>
internal sealed record RegistrationInput(string Path, Volume<float> Volume, SeriesVolume? Series, string LeftOut = "")
{
    /// <summary>Reads a folder (and those below it) with a DICOM series, which structure sets, segmentations and registrations may lie beside, or one NIfTI file, or a NIfTI file.</summary>
    /// <param name="path">Folder or file.</param>
    /// <param name="seriesUid">Series Instance UID, where the folder holds several series; null for the only one.</param>
    /// <param name="stack">Which of several volumes of the series, from 1; null for the only one.</param>
    /// <param name="option">The option that gives the series.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="JobFailedException">There is no such image, or more than one.</exception>
    public static async Task<RegistrationInput> ReadAsync(string path, string? seriesUid, int? stack, string option, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return await ReadNiftiAsync(path, path, cancellationToken);
        if (!Directory.Exists(path))
            throw new JobFailedException($"{path}: no such folder or file.");
        string[] nifti = [.. Directory.EnumerateFiles(path).Where(IsNifti).Order(StringComparer.Ordinal)], dicom = ImageFolder.Files(path);
        if (nifti.Length == 1 && dicom.Length == 0)
            return await ReadNiftiAsync(path, nifti[0], cancellationToken);
        if (dicom.Length == 0)
            throw new JobFailedException(nifti.Length == 0 ? $"{path}: neither DICOM files nor a NIfTI file." : $"{path}: holds {nifti.Length} NIfTI files; give one.");
        if (nifti.Length > 0)
            throw new JobFailedException($"{path}: holds DICOM and NIfTI files; give a folder with one image.");
        ImageFolder folder = await ImageFolder.ReadAsync(path, dicom, cancellationToken);
        FolderSeries chosen = folder.Choose(seriesUid, option);
        SeriesVolume volume = await SeriesVolumeReader.ReadFilesAsync(chosen.Files.Select(f => f.Path), stack, cancellationToken);
        return new RegistrationInput(path, volume.Volume, volume, folder.LeftOut(chosen));
    }

    private static async Task<RegistrationInput> ReadNiftiAsync(string path, string file, CancellationToken cancellationToken) =>
        IsNifti(file)
            ? new RegistrationInput(path, await NiftiFile.ReadImageAsync(file, cancellationToken), null)
            : throw new JobFailedException($"{file}: neither a folder nor a NIfTI file (.nii, .nii.gz).");

    private static bool IsNifti(string file) =>
        file.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);
}
