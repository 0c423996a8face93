using System.Globalization;

namespace DicomRn.Node.QueryRetrieve;

/// <summary>How a C-GET or C-MOVE ended.</summary>
/// <param name="Status">The last status, as four hexadecimal digits.</param>
/// <param name="Completed">Sub-operations that the peer counts as completed.</param>
/// <param name="Failed">Those it counts as failed.</param>
/// <param name="Warnings">Those it counts as completed with a warning.</param>
/// <param name="Files">The files that were written.</param>
/// <param name="Remark">What went wrong; null where nothing did.</param>
public sealed record RetrieveResult(
    string Status, int Completed, int Failed, int Warnings, IReadOnlyList<string> Files, string? Remark)
{
    /// <summary>Whether everything asked for is there.</summary>
    public bool IsComplete => Remark is null;

    internal static RetrieveResult Of(
        string operation, DicomStatus? status, int completed, int failed, int warnings, IReadOnlyCollection<string> files)
    {
        string? remark = (status?.State, failed) switch
        {
            (DicomState.Success, 0) when completed + warnings + files.Count > 0 => null,
            (DicomState.Success, 0) => "the peer has nothing of this",
            _ => PeerQuery.Describe(operation, status) + (failed > 0 ? $", {failed} instance(s) failed" : ""),
        };
        return new RetrieveResult(
            (status?.Code ?? 0).ToString("X4", CultureInfo.InvariantCulture), completed, failed, warnings, [.. files], remark);
    }
}
