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
    private static readonly string[] ImageModalities = ["MR", "CT", "PT"];

    /// <summary>Reads a folder with a DICOM series, which structure sets, segmentations and registrations may lie beside, or one NIfTI file, or a NIfTI file.</summary>
    /// <param name="path">Folder or file.</param>
    /// <param name="seriesUid">Series Instance UID, where the folder holds several series; null for the only one.</param>
    /// <param name="option">The option that gives the series.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="JobFailedException">There is no such image, or more than one.</exception>
    public static async Task<RegistrationInput> ReadAsync(string path, string? seriesUid, string option, CancellationToken cancellationToken)
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
        return await ReadSeriesAsync(path, dicom, seriesUid, option, cancellationToken);
    }

    private static async Task<RegistrationInput> ReadSeriesAsync(
        string path, string[] files, string? seriesUid, string option, CancellationToken cancellationToken)
    {
        List<(string File, string Series, string Modality, string Description)> images = [], others = [];
        foreach (string file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DicomDataset d = (await DicomFile.OpenAsync(file, FileReadOption.ReadLargeOnDemand)).Dataset;
            string modality = d.GetSingleValueOrDefault(DicomTag.Modality, "");
            bool image = ImageModalities.Contains(modality) && d.Contains(DicomTag.Rows)
                && d.GetSingleValueOrDefault(DicomTag.SOPClassUID, "") != DicomUID.SecondaryCaptureImageStorage.UID;
            (image ? images : others).Add((
                file, d.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, ""), modality, d.GetSingleValueOrDefault(DicomTag.SeriesDescription, "")));
        }

        var series = images.GroupBy(i => i.Series).OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        if (series.Count == 0)
            throw new JobFailedException($"{path}: none of its {files.Length} DICOM files is an image of an MR, CT or PET series.");
        string known = string.Join(", ", series.Select(s => $"{s.Key} ({s.First().Modality}, {s.Count()} files{(s.First().Description is { Length: > 0 } text ? $", {text}" : "")})"));
        if (seriesUid is null && series.Count > 1)
            throw new JobFailedException($"{path}: holds {series.Count} series; give one of them by {option}: {known}.");
        var chosen = seriesUid is null ? series[0] : series.Find(s => s.Key == seriesUid)
            ?? throw new JobFailedException($"{path}: holds no series {seriesUid}, but {known}.");
        SeriesVolume volume = await SeriesVolumeReader.ReadFilesAsync(chosen.Select(i => i.File), cancellationToken);
        return new RegistrationInput(path, volume.Volume, volume, LeftOutText());

        string LeftOutText()
        {
            string[] rest =
            [
                .. series.Where(s => s.Key != chosen.Key).Select(s => $"series {s.Key} ({s.First().Modality}, {s.Count()} files)"),
                .. others.GroupBy(o => o.Modality).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} {(g.Key.Length > 0 ? g.Key : "other")} files"),
            ];
            return rest.Length == 0 ? "" : $"{path}: series {chosen.Key} was taken; left out: {string.Join(", ", rest)}.";
        }
    }

    private static async Task<RegistrationInput> ReadNiftiAsync(string path, string file, CancellationToken cancellationToken) =>
        IsNifti(file)
            ? new RegistrationInput(path, await NiftiFile.ReadImageAsync(file, cancellationToken), null)
            : throw new JobFailedException($"{file}: neither a folder nor a NIfTI file (.nii, .nii.gz).");

    private static bool IsNifti(string file) =>
        file.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);
}
