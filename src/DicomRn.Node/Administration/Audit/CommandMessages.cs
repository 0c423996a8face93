namespace DicomRn.Node.Administration.Audit;

/// <summary>
/// Audit messages of commands that run beside the node. The trail's files have one writer, so a command leaves its messages beside them, in a
/// file <c>command-*.log</c> of its own, and the node takes them in when it sees them.
/// </summary>
internal static class CommandMessages
{
    private const string Pattern = "command-*.log";

    /// <summary>Leaves messages for the node.</summary>
    /// <exception cref="IOException">The node has no audit trail yet, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The trail is somebody else's.</exception>
    public static void Leave(AuditOptions options, NodeOptions node, AuditFiles files, TimeProvider timeProvider, IEnumerable<AuditMessage> messages)
    {
        // Not created here: it would belong to whoever gives the command, and be closed to the node.
        if (!Directory.Exists(files.Folder))
            throw new DirectoryNotFoundException($"{files.Folder} is not there: the node has not run yet");
        string source = options.SourceIdOf(node);
        string written = Path.Combine(files.Folder, $"command-{Guid.NewGuid():N}.log"), unfinished = written + ".new";
        OwnerOnly.WriteAllText(unfinished, string.Concat(messages.Select(m => AuditXml.Write(m, timeProvider.GetUtcNow(), source, options.SiteId) + "\n")));
        // An administrator's command may run as another user than the node, which has to read the file; nobody else comes into the folder.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(unfinished, File.GetUnixFileMode(unfinished) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.Move(unfinished, written);
    }

    /// <summary>The files that commands have left.</summary>
    public static IReadOnlyList<string> Find(AuditFiles files) => Directory.Exists(files.Folder)
        ? [.. Directory.EnumerateFiles(files.Folder, Pattern).Order(StringComparer.Ordinal)]
        : [];
}
