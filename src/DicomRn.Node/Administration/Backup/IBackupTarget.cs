namespace DicomRn.Node.Administration.Backup;

/// <summary>What a backup is written to. It has its name only when it is whole.</summary>
internal interface IBackupTarget : IAsyncDisposable
{
    /// <summary>Adds a file.</summary>
    /// <param name="name">Relative to the data directory, with forward slashes.</param>
    /// <param name="file">Where it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="FileNotFoundException">It is not there; nothing was added.</exception>
    Task<long> AddAsync(string name, string file, CancellationToken cancellationToken);

    /// <summary>Everything is there: makes it durable and gives it its name.</summary>
    Task FinishAsync(CancellationToken cancellationToken);
}
