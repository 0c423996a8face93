using DicomRn.CommandLine;

namespace DicomRn.Commands;

/// <summary>The DICOM files of a folder that is meant to hold one study.</summary>
/// <param name="StudyInstanceUid">The study.</param>
/// <param name="Files">Paths of its files.</param>
internal sealed record StudyFolder(string StudyInstanceUid, IReadOnlyList<string> Files)
{
    /// <summary>Finds the files below a folder; files that are not DICOM, and DICOMDIRs, are left out.</summary>
    /// <exception cref="JobFailedException">There is no such folder, no DICOM file in it, or more than one study.</exception>
    public static async Task<StudyFolder> ReadAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        if (!folder.Exists)
            throw new JobFailedException($"{folder}: no such folder.");
        Dictionary<string, List<string>> studies = [];
        foreach (string path in Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await StudyOfAsync(path) is not { } study)
                continue;
            if (!studies.TryGetValue(study, out List<string>? files))
                studies[study] = files = [];
            files.Add(path);
        }

        return studies.Count switch
        {
            1 => new StudyFolder(studies.Keys.Single(), studies.Values.Single()),
            0 => throw new JobFailedException($"{folder}: no DICOM files of a study."),
            _ => throw new JobFailedException(
                $"{folder}: holds {studies.Count} studies ({string.Join(", ", studies.Keys.Take(3))}{(studies.Count > 3 ? " …" : "")}); give the folder of one."),
        };
    }

    private static async Task<string?> StudyOfAsync(string path)
    {
        try
        {
            DicomDataset dataset = (await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand)).Dataset;
            return dataset.TryGetString(DicomTag.StudyInstanceUID, out string? study) && study is { Length: > 0 } ? study : null;
        }
        catch (DicomException)
        {
            return null;
        }
    }
}
