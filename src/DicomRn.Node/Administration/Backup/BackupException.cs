namespace DicomRn.Node.Administration.Backup;

/// <summary>A backup cannot be made or used; the message names the file and the reason.</summary>
public sealed class BackupException(string message) : Exception(message);
