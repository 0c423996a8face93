namespace DicomRn.Node.Pipeline;

/// <summary>What was fetched for a study, beside its own instances.</summary>
/// <param name="Files">Absolute paths of Part-10 files of other studies of the patient, in any order.</param>
/// <param name="Notes">What a reader should know of it: who did not answer, what was set aside.</param>
public sealed record FetchedObjects(IReadOnlyList<string> Files, IReadOnlyList<string> Notes)
{
    /// <summary>Nothing was.</summary>
    public static FetchedObjects None { get; } = new([], []);
}
