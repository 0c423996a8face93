using System.Globalization;
using DicomRn.CommandLine;

namespace DicomRn.Commands;

/// <summary>The DICOM files of a folder and of those below it: image series, and what lies beside them.</summary>
internal sealed class ImageFolder
{
    private static readonly string[] ImageModalities = ["MR", "CT", "PT"];

    private readonly string _path;
    private readonly int _count;

    private ImageFolder(string path, int count, IReadOnlyList<FolderSeries> series, IReadOnlyList<FolderFile> others) =>
        (_path, _count, Series, Others) = (path, count, series, others);

    /// <summary>The series of MR, CT and PET images, by UID.</summary>
    public IReadOnlyList<FolderSeries> Series { get; }

    /// <summary>Every other file.</summary>
    public IReadOnlyList<FolderFile> Others { get; }

    /// <summary>Paths of Spatial and Deformable Spatial Registrations.</summary>
    public IEnumerable<string> Registrations => Others.Where(o => IsRegistration(o.SopClassUid)).Select(o => o.Path);

    /// <summary>Whether a SOP class is a registration.</summary>
    public static bool IsRegistration(string sopClassUid) =>
        sopClassUid == DicomUID.SpatialRegistrationStorage.UID || sopClassUid == DicomUID.DeformableSpatialRegistrationStorage.UID;

    /// <summary>Paths of the DICOM files of a folder and of those below it, in order.</summary>
    public static string[] Files(string path) =>
        [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "DICOMDIR" && DicomFile.HasValidHeader(f)).Order(StringComparer.Ordinal)];

    /// <summary>Reads the headers of files.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="files">Its DICOM files.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<ImageFolder> ReadAsync(string path, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        FolderFile[] found = new FolderFile[files.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, files.Count), cancellationToken, (n, _) =>
        {
            DicomDataset d = DicomFile.Open(files[n], FileReadOption.ReadLargeOnDemand).Dataset;
            found[n] = new FolderFile(
                files[n], d, d.GetSingleValueOrDefault(DicomTag.SOPClassUID, ""), d.GetSingleValueOrDefault(DicomTag.SeriesInstanceUID, ""),
                d.GetSingleValueOrDefault(DicomTag.Modality, ""), d.GetSingleValueOrDefault(DicomTag.SeriesDescription, ""));
            return ValueTask.CompletedTask;
        });
        ILookup<bool, FolderFile> kinds = found.ToLookup(IsImage);
        FolderSeries[] series = [.. kinds[true].GroupBy(i => i.SeriesInstanceUid).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new FolderSeries(s.Key, [.. s]))];
        return new ImageFolder(path, files.Count, series, [.. kinds[false]]);
    }

    private static bool IsImage(FolderFile file) =>
        ImageModalities.Contains(file.Modality) && file.Dataset.Contains(DicomTag.Rows) && file.SopClassUid != DicomUID.SecondaryCaptureImageStorage.UID;

    /// <summary>The series that is meant: the one that was named, the only one, or the only one that does not lie in a folder below.</summary>
    /// <param name="seriesUid">Series Instance UID that a person gave; null for none.</param>
    /// <param name="option">The option that gives it.</param>
    /// <exception cref="JobFailedException">There is none, or several.</exception>
    public FolderSeries Choose(string? seriesUid, string option)
    {
        if (Series.Count == 0)
            throw new JobFailedException($"{_path}: none of its {_count} DICOM files is an image of an MR, CT or PET series.");
        string known = string.Join(", ", Series.Select(s => $"{s.SeriesInstanceUid} ({s.Modality}, {s.Files.Count} files{(s.Description.Length > 0 ? $", {s.Description}" : "")})"));
        if (seriesUid is not null)
            return Series.FirstOrDefault(s => s.SeriesInstanceUid == seriesUid) ?? throw new JobFailedException($"{_path}: holds no series {seriesUid}, but {known}.");
        FolderSeries[] here = [.. Series.Where(s => s.Files.Any(f => Path.GetFullPath(Path.GetDirectoryName(f.Path)!) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(_path))))];
        if (Series.Count > 1 && here.Length != 1)
            throw new JobFailedException($"{_path}: holds {Series.Count} series; give one of them by {option}: {known}.");
        return here.Length == 1 ? here[0] : Series[0];
    }

    /// <summary>What else the folder holds than a series, as a sentence; empty where it holds nothing else.</summary>
    public string LeftOut(FolderSeries chosen)
    {
        string[] rest =
        [
            .. Series.Where(s => s != chosen).Select(s => $"series {s.SeriesInstanceUid} ({s.Modality}, {s.Files.Count} files)"),
            .. Others.GroupBy(o => o.Modality).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => string.Create(
                CultureInfo.InvariantCulture, $"{g.Count()} {(g.Key.Length > 0 ? g.Key : "other")} files")),
        ];
        return rest.Length == 0 ? "" : $"{_path}: series {chosen.SeriesInstanceUid} was taken; left out: {string.Join(", ", rest)}.";
    }
}

/// <summary>A series of images.</summary>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Files">Its files, in the order of their paths.</param>
internal sealed record FolderSeries(string SeriesInstanceUid, IReadOnlyList<FolderFile> Files)
{
    /// <summary>Modality.</summary>
    public string Modality => Files[0].Modality;

    /// <summary>Series Description.</summary>
    public string Description => Files[0].Description;
}

/// <summary>A DICOM file.</summary>
/// <param name="Path">Path.</param>
/// <param name="Dataset">Its attributes; large values, as the pixels are, are read when they are asked for.</param>
/// <param name="SopClassUid">SOP Class UID.</param>
/// <param name="SeriesInstanceUid">Series Instance UID.</param>
/// <param name="Modality">Modality.</param>
/// <param name="Description">Series Description.</param>
internal sealed record FolderFile(string Path, DicomDataset Dataset, string SopClassUid, string SeriesInstanceUid, string Modality, string Description);
