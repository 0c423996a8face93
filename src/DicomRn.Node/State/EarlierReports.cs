using DicomRn.Node.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.State;

/// <summary>Finds what a new report of a study follows.</summary>
internal static class EarlierReports
{
    /// <summary>The reports of the study's earlier revisions, the latest first.</summary>
    public static Task<IReadOnlyList<EarlierReport>> EarlierReportsAsync(
        this StateStore store, string studyInstanceUid, int revision, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<EarlierReport>>(async db => await db.Results
            .Where(r => r.StudyInstanceUid == studyInstanceUid && r.Kind == ResultKind.SR && r.Revision < revision)
            .OrderByDescending(r => r.Revision).ThenBy(r => r.SopInstanceUid)
            .Select(r => new EarlierReport(r.SeriesInstanceUid, r.SopClassUid, r.SopInstanceUid))
            .ToListAsync(cancellationToken));
}
