namespace DicomRn.Node.State;

/// <summary>Finishes what a node that ended has left in its own folder.</summary>
internal interface INodeFolderRecovery
{
    /// <summary>
    /// Does it, for this node's folder at its start or for the folder of a node that died, while nobody else touches that
    /// folder. Repeating it changes nothing.
    /// </summary>
    Task RunAsync(DataFolders folders, CancellationToken cancellationToken);
}
