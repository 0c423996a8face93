using System.Globalization;

namespace DicomRn.Node.Delivery;

/// <summary>How sending a file ended.</summary>
/// <param name="Path">The file.</param>
/// <param name="SopInstanceUid">Its SOP Instance UID; null where it could not be read.</param>
/// <param name="Status">The C-STORE status as four hexadecimal digits; null where none came.</param>
/// <param name="IsStored">The peer has it.</param>
/// <param name="Remark">Why not, or what the peer warned of; null for a plain success.</param>
public sealed record SentInstance(string Path, string? SopInstanceUid, string? Status, bool IsStored, string? Remark)
{
    /// <summary>Its SOP Class UID; null where it could not be read.</summary>
    public string? SopClassUid { get; init; }

    /// <summary>Whether the peer has taken responsibility for it; null where it was not asked to.</summary>
    public bool? IsCommitted { get; init; }

    internal static SentInstance Answered(string path, string sopInstanceUid, DicomStatus status)
    {
        string code = status.Code.ToString("X4", CultureInfo.InvariantCulture);
        string? remark = status.State == DicomState.Success
            ? null
            : $"status {code} {status.Description} {status.ErrorComment}".TrimEnd();
        return new SentInstance(
            path, sopInstanceUid, code, status.State is DicomState.Success or DicomState.Warning, remark);
    }

    internal static SentInstance Failed(string path, string? sopInstanceUid, string reason) =>
        new(path, sopInstanceUid, null, false, reason);
}
