using DicomRn.Node.Pipeline;
using DicomRn.Node.Reporting;

namespace DicomRn.Node.Matching;

/// <summary>
/// The instances of a study and what was fetched for it, sorted by what they are. Results of this program are left out, but those
/// of earlier studies that were fetched.
/// </summary>
internal sealed class StudyFiles
{
    /// <summary>Label Map Segmentation Storage.</summary>
    public const string LabelMapSegmentation = "1.2.840.10008.5.1.4.1.1.66.7";

    private static readonly HashSet<string> MrImageClasses =
    [
        DicomUID.MRImageStorage.UID, DicomUID.EnhancedMRImageStorage.UID, DicomUID.LegacyConvertedEnhancedMRImageStorage.UID,
        DicomUID.EnhancedMRColorImageStorage.UID,
    ];

    private static readonly HashSet<string> CtImageClasses =
    [
        DicomUID.CTImageStorage.UID, DicomUID.EnhancedCTImageStorage.UID, DicomUID.LegacyConvertedEnhancedCTImageStorage.UID,
    ];

    private StudyFiles(
        IReadOnlyList<StudyFile> files, IReadOnlyList<StudyFile> fetched, IReadOnlyList<string> unreadable, int ownResults)
    {
        MrSeries = [.. files.Where(f => MrImageClasses.Contains(f.SopClassUid)).GroupBy(f => f.SeriesInstanceUid)];
        Fetched = [.. fetched.Where(f => !ProcessingDevice.Made(f.Dataset))];
        EarlierResults = [.. fetched.Where(f => ProcessingDevice.Made(f.Dataset))];
        StudyFile[] all = [.. files, .. Fetched];
        Contours = [.. all.Where(f => f.SopClassUid == DicomUID.RTStructureSetStorage.UID || IsSegmentation(f.SopClassUid))];
        PlanningSeries = [.. all.Where(f => MrImageClasses.Contains(f.SopClassUid) || CtImageClasses.Contains(f.SopClassUid)).GroupBy(f => f.SeriesInstanceUid)];
        Registrations = [.. all.Where(f => f.SopClassUid == DicomUID.SpatialRegistrationStorage.UID)];
        DeformableRegistrations = [.. all.Where(f => f.SopClassUid == DicomUID.DeformableSpatialRegistrationStorage.UID)];
        Plans = [.. all.Where(f => f.SopClassUid == DicomUID.RTPlanStorage.UID)];
        Unreadable = unreadable;
        OwnResults = ownResults;
        Count = files.Count;
    }

    /// <summary>MR images by series.</summary>
    public IReadOnlyList<IGrouping<string, StudyFile>> MrSeries { get; }

    /// <summary>MR and CT images by series: what contours may have been drawn on.</summary>
    public IReadOnlyList<IGrouping<string, StudyFile>> PlanningSeries { get; }

    /// <summary>Spatial Registrations.</summary>
    public IReadOnlyList<StudyFile> Registrations { get; }

    /// <summary>Deformable Spatial Registrations.</summary>
    public IReadOnlyList<StudyFile> DeformableRegistrations { get; }

    /// <summary>RT Structure Sets and Segmentations.</summary>
    public IReadOnlyList<StudyFile> Contours { get; }

    /// <summary>RT Plans: what they prescribe is clinical data of the lesions.</summary>
    public IReadOnlyList<StudyFile> Plans { get; }

    /// <summary>Objects of other studies of the patient that were fetched; they are among contours, registrations and planning series.</summary>
    public IReadOnlyList<StudyFile> Fetched { get; }

    /// <summary>Results of this program of other studies of the patient that were fetched.</summary>
    public IReadOnlyList<StudyFile> EarlierResults { get; }

    /// <summary>Names (without folder) of files that could not be read, with the reason.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    /// <summary>Number of instances that this program made.</summary>
    public int OwnResults { get; }

    /// <summary>Number of instances of others.</summary>
    public int Count { get; }

    /// <summary>Files that were picked by a person: whoever made them.</summary>
    public static StudyFiles Of(IReadOnlyList<StudyFile> files) => new(files, [], [], 0);

    /// <summary>Reads the headers of all files.</summary>
    /// <exception cref="InvalidDataException">A file belongs to another study.</exception>
    public static async Task<StudyFiles> ReadAsync(StudyInput input, CancellationToken cancellationToken)
    {
        List<StudyFile> files = [];
        List<string> unreadable = [];
        int ownResults = 0;
        HashSet<string> seen = [];
        foreach (string path in input.Files.Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            DicomDataset dataset;
            try
            {
                dataset = (await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand)).Dataset;
            }
            catch (DicomException e)
            {
                unreadable.Add($"{Path.GetFileName(path)}: {e.Message}");
                continue;
            }

            StudyFile file = new(path, dataset);
            string study = dataset.GetSingleValueOrDefault(DicomTag.StudyInstanceUID, "");
            if (study != input.StudyInstanceUid)
                throw new InvalidDataException($"{path} belongs to study {study}, not to {input.StudyInstanceUid}.");
            if (!seen.Add(file.SopInstanceUid))
                continue;
            if (ProcessingDevice.Made(dataset))
                ownResults++;
            else
                files.Add(file);
        }

        return new StudyFiles(files, await ReadFetchedAsync(input, seen, unreadable, cancellationToken), unreadable, ownResults);
    }

    private static async Task<List<StudyFile>> ReadFetchedAsync(
        StudyInput input, HashSet<string> seen, List<string> unreadable, CancellationToken cancellationToken)
    {
        List<StudyFile> fetched = [];
        foreach (string path in input.Fetched.Files.Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                StudyFile file = new(path, (await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand)).Dataset);
                if (seen.Add(file.SopInstanceUid))
                    fetched.Add(file);
            }
            catch (DicomException e)
            {
                unreadable.Add($"{Path.GetFileName(path)} (fetched): {e.Message}");
            }
        }

        return fetched;
    }

    /// <summary>Whether a SOP class is a segmentation, of segments or as a label map.</summary>
    public static bool IsSegmentation(string sopClassUid) =>
        sopClassUid == DicomUID.SegmentationStorage.UID || sopClassUid == LabelMapSegmentation;
}
