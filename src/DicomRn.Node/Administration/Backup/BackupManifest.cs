namespace DicomRn.Node.Administration.Backup;

/// <summary>What a backup says of itself: <c>backup.json</c>, its last file; a backup without it is not whole.</summary>
/// <param name="CreatedAt">When its state is of.</param>
/// <param name="DataDirectory">Where the data directory was.</param>
/// <param name="Studies">How many studies it has.</param>
/// <param name="Instances">How many received instances.</param>
/// <param name="Results">How many results.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">How large they are.</param>
public sealed record BackupManifest(
    DateTimeOffset CreatedAt, string DataDirectory, int Studies, int Instances, int Results, int Files, long Bytes)
{
    /// <summary>How many instances it has from the instance log; those that the state has too are counted there as well.</summary>
    public int Logged { get; init; }

    internal const string FileName = "backup.json";
}
