using System.Globalization;
using DicomRn.Node.Administration;
using DicomRn.Node.Matching;
using DicomRn.Node.QueryRetrieve;
using DicomRn.Node.Receiving;
using Polly;

namespace DicomRn.Node.Fetching;

/// <summary>A peer that is asked with C-FIND by Patient ID (study root, PS3.4 C.6.2) and sends by C-GET or C-MOVE.</summary>
/// <param name="name">Its name in the settings.</param>
/// <param name="call">How it is called.</param>
/// <param name="method">How it sends.</param>
/// <param name="options">The limits.</param>
/// <param name="destination">Where a C-MOVE goes; null without.</param>
/// <param name="resilience">Leaves it alone while it keeps failing.</param>
/// <param name="time">Tells today.</param>
internal sealed class PeerSource(
    string name, PeerCall call, PeerFetch method, FetchingOptions options, MoveDestination? destination, ResiliencePipeline resilience, TimeProvider time)
    : IFetchSource
{
    private const int MostSeries = 2_000;

    private static readonly DicomUID[] Images =
    [
        DicomUID.MRImageStorage, DicomUID.EnhancedMRImageStorage, DicomUID.LegacyConvertedEnhancedMRImageStorage,
        DicomUID.CTImageStorage, DicomUID.EnhancedCTImageStorage, DicomUID.LegacyConvertedEnhancedCTImageStorage,
    ];

    private static readonly DicomUID[] Others =
    [
        DicomUID.RTStructureSetStorage, DicomUID.RTPlanStorage, DicomUID.SegmentationStorage, DicomUID.Parse(StudyFiles.LabelMapSegmentation),
        DicomUID.SpatialRegistrationStorage, DicomUID.DeformableSpatialRegistrationStorage, DicomUID.Comprehensive3DSRStorage,
        DicomUID.ComprehensiveSRStorage, DicomUID.EnhancedSRStorage,
    ];

    /// <summary>The SOP classes that are fetched.</summary>
    public static IEnumerable<DicomUID> Classes => Images.Concat(Others);

    public string Name => name;

    public bool IsPeer => true;

    public PeerCall? Call => call;

    public async Task<IReadOnlyList<FoundSeries>> FindAsync(
        PatientIdentity patient, Action<FetchEntryKind, string> remark, CancellationToken cancellationToken)
    {
        DateTime since = time.GetLocalNow().Date - options.LookBack;
        DicomCFindRequest query = DicomCFindRequest.CreateStudyQuery(patientId: patient.PatientId, studyDateTime: new DicomDateRange(since, DateTime.MaxValue));
        // A range of times would match the times of day of every study.
        query.Dataset!.AddOrUpdate(DicomTag.StudyTime, "");
        IReadOnlyList<DicomDataset> studies = await CallAsync(token => PeerQuery.FindAsync(call, query, MostSeries, token), cancellationToken);
        List<DicomDataset> usable = [];
        foreach (DicomDataset study in studies)
        {
            // Where the peer took the ID for a pattern, or tells more of the patient than was asked.
            if (patient.Contradictions(PatientIdentity.Of(study)) is { Count: > 0 } contradictions)
                remark(FetchEntryKind.NotTaken, $"study {Text(study, DicomTag.StudyInstanceUID)} is of another patient by {string.Join(" and ", contradictions)}");
            else if (InstanceIdentity.IsUsable(Text(study, DicomTag.StudyInstanceUID)))
                usable.Add(study);
        }

        DicomDataset[] latest = [.. usable.OrderByDescending(s => Text(s, DicomTag.StudyDate), StringComparer.Ordinal).Take(options.MaximumStudies)];
        remark(FetchEntryKind.Asked, string.Create(
            CultureInfo.InvariantCulture, $"studies of the patient since {since:yyyy-MM-dd}: {usable.Count} found{(usable.Count > latest.Length ? $", the latest {latest.Length} looked at (MaximumStudies)" : "")}"));
        List<FoundSeries> series = [];
        foreach (DicomDataset study in latest)
            series.AddRange(await FindSeriesAsync(study, cancellationToken));
        return series;
    }

    public async Task<IReadOnlyList<string>> GetAsync(FoundSeries series, string folder, CancellationToken cancellationToken)
    {
        RetrieveResult result = method == PeerFetch.Move && destination is not null
            ? await CallAsync(token => destination.MoveAsync(call, series, folder, token), cancellationToken)
            : await CallAsync(
                token => InstanceRetriever.GetAsync(call, new DicomCGetRequest(series.StudyInstanceUid, series.SeriesInstanceUid), folder, null, token, RetrieveContexts.For(Images, Others)),
                cancellationToken);
        return result.IsComplete ? result.Files : throw new SeriesNotSentException($"{result.Remark}; {result.Files.Count} instances came");
    }

    private async Task<IEnumerable<FoundSeries>> FindSeriesAsync(DicomDataset study, CancellationToken cancellationToken)
    {
        string uid = Text(study, DicomTag.StudyInstanceUID);
        DicomCFindRequest query = DicomCFindRequest.CreateSeriesQuery(uid);
        query.Dataset!.AddOrUpdate(DicomTag.Manufacturer, "");
        query.Dataset.AddOrUpdate(DicomTag.FrameOfReferenceUID, "");
        IReadOnlyList<DicomDataset> found = await CallAsync(token => PeerQuery.FindAsync(call, query, MostSeries, token), cancellationToken);
        return found.Where(s => InstanceIdentity.IsUsable(Text(s, DicomTag.SeriesInstanceUID))).Select(s => new FoundSeries
        {
            StudyInstanceUid = uid,
            StudyDate = Text(study, DicomTag.StudyDate),
            SeriesInstanceUid = Text(s, DicomTag.SeriesInstanceUID),
            Modality = Text(s, DicomTag.Modality),
            Description = Text(s, DicomTag.SeriesDescription),
            Manufacturer = Text(s, DicomTag.Manufacturer),
            FrameOfReferenceUid = Text(s, DicomTag.FrameOfReferenceUID),
            Instances = int.TryParse(Text(s, DicomTag.NumberOfSeriesRelatedInstances), CultureInfo.InvariantCulture, out int count) ? count : null,
        });
    }

    private async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        await resilience.ExecuteAsync(async token => await work(token), cancellationToken);

    private static string Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out string? text) ? text?.Trim(' ', '\0') ?? "" : "";
}
