using DicomRn.Node.Administration;
using DicomRn.Node.Fetching;
using DicomRn.Node.Matching;

namespace DicomRn.Node.Tests.Fetching;

/// <summary>Somebody who has files, and may be away.</summary>
internal sealed class FakeSource(string name, params DicomFile[] files) : IFetchSource
{
    public string Name => name;

    public bool IsPeer => true;

    public PeerCall? Call { get; init; }

    /// <summary>Thrown by every call; null while it is there.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Series that it has and does not send.</summary>
    public HashSet<string> Withheld { get; } = [];

    /// <summary>Series that were got, in order.</summary>
    public List<string> Got { get; } = [];

    public Task<IReadOnlyList<FoundSeries>> FindAsync(
        PatientIdentity patient, Action<FetchEntryKind, string> remark, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            return Task.FromException<IReadOnlyList<FoundSeries>>(Failure);
        return Task.FromResult<IReadOnlyList<FoundSeries>>(
        [
            .. files.GroupBy(f => Uid(f, DicomTag.SeriesInstanceUID)).Select(g => new FoundSeries
            {
                StudyInstanceUid = Uid(g.First(), DicomTag.StudyInstanceUID),
                SeriesInstanceUid = g.Key,
                Modality = g.First().Dataset.GetSingleValue<string>(DicomTag.Modality),
                Description = g.First().Dataset.GetSingleValueOrDefault(DicomTag.SeriesDescription, ""),
                Instances = g.Count(),
            }),
        ]);
    }

    public async Task<IReadOnlyList<string>> GetAsync(FoundSeries series, string folder, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        if (Withheld.Contains(series.SeriesInstanceUid))
            throw new SeriesNotSentException("status C000");
        Got.Add(series.SeriesInstanceUid);
        List<string> paths = [];
        foreach (DicomFile file in files.Where(f => Uid(f, DicomTag.SeriesInstanceUID) == series.SeriesInstanceUid))
        {
            string path = Path.Combine(folder, Uid(file, DicomTag.SOPInstanceUID) + ".dcm");
            await file.SaveAsync(path);
            paths.Add(path);
        }

        return paths;
    }

    private static string Uid(DicomFile file, DicomTag tag) => file.Dataset.GetSingleValue<string>(tag);
}
