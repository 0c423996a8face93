using System.Globalization;
using DicomRn.Node.Matching;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Fetching;

/// <summary>The node's own store: other studies of the patient that were sent to it, and what it made of them.</summary>
/// <param name="store">The state store.</param>
/// <param name="folders">Where the files are.</param>
/// <param name="task">The study that asks.</param>
internal sealed class OwnStoreSource(StateStore store, DataFolders folders, FetchTask task) : IFetchSource
{
    private readonly Dictionary<string, HeldObject[]> _series = new(StringComparer.Ordinal);

    public string Name => "own store";

    public bool IsPeer => false;

    public async Task<IReadOnlyList<FoundSeries>> FindAsync(
        PatientIdentity patient, Action<FetchEntryKind, string> remark, CancellationToken cancellationToken)
    {
        byte[] key = task.PatientIdKey;
        string[] studies = await store.ReadAsync(db => db.Studies
            .Where(s => s.PatientIdKey == key && s.StudyInstanceUid != task.StudyInstanceUid
                && s.State != StudyState.Discarding && !s.HasPatientMismatch)
            .Select(s => s.StudyInstanceUid)
            .ToArrayAsync(cancellationToken));
        List<HeldObject> held = await store.ReadAsync(db => db.Instances
            .Where(i => studies.Contains(i.StudyInstanceUid) && !i.IsOwnResult)
            .Select(i => new HeldObject(i.SopInstanceUid, i.SopClassUid, i.SeriesInstanceUid, i.StudyInstanceUid, i.Path, i.Size))
            .ToListAsync(cancellationToken));
        // Of its results the last revision's: what it made before that stands corrected.
        held.AddRange(await store.ReadAsync(db => (
            from result in db.Results
            join study in db.Studies on result.StudyInstanceUid equals study.StudyInstanceUid
            where studies.Contains(result.StudyInstanceUid) && result.Revision == study.Revision
            select new HeldObject(result.SopInstanceUid, result.SopClassUid, result.SeriesInstanceUid, result.StudyInstanceUid, result.Path, 0))
            .ToListAsync(cancellationToken)));
        remark(FetchEntryKind.Asked, string.Create(CultureInfo.InvariantCulture, $"other studies of the patient: {studies.Length} found"));
        List<FoundSeries> found = [];
        foreach (IGrouping<string, HeldObject> series in held.GroupBy(h => h.SeriesInstanceUid))
        {
            _series[series.Key] = [.. series];
            if (await DescribeAsync(series.Key) is { } described)
                found.Add(described);
        }

        return [.. found.OrderByDescending(s => s.StudyDate, StringComparer.Ordinal).ThenBy(s => s.SeriesInstanceUid, StringComparer.Ordinal)];
    }

    public Task<IReadOnlyList<string>> GetAsync(FoundSeries series, string folder, CancellationToken cancellationToken)
    {
        List<string> files = [];
        foreach (HeldObject held in _series[series.SeriesInstanceUid])
        {
            cancellationToken.ThrowIfCancellationRequested();
            string copy = Path.Combine(folder, held.SopInstanceUid + ".dcm");
            File.Copy(folders.Absolute(held.Path), copy, overwrite: true);
            files.Add(copy);
        }

        return Task.FromResult<IReadOnlyList<string>>(files);
    }

    private async Task<FoundSeries?> DescribeAsync(string series)
    {
        HeldObject first = _series[series][0];
        try
        {
            DicomDataset dataset = (await DicomFile.OpenAsync(folders.Absolute(first.Path), FileReadOption.SkipLargeTags)).Dataset;
            return new FoundSeries
            {
                StudyInstanceUid = first.StudyInstanceUid,
                StudyDate = Text(dataset, DicomTag.StudyDate),
                SeriesInstanceUid = series,
                Modality = Text(dataset, DicomTag.Modality),
                Description = Text(dataset, DicomTag.SeriesDescription),
                Manufacturer = Text(dataset, DicomTag.Manufacturer),
                FrameOfReferenceUid = Text(dataset, DicomTag.FrameOfReferenceUID),
                Instances = _series[series].Length,
            };
        }
        catch (Exception e) when (e is IOException or DicomException or UnauthorizedAccessException)
        {
            // Deleted meanwhile, or damaged: it is not there.
            return null;
        }
    }

    private static string Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out string? text) ? text?.Trim() ?? "" : "";
}
