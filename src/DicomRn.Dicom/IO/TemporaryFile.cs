using System.Diagnostics.CodeAnalysis;

namespace DicomRn.Dicom.IO;

/// <summary>Where temporary files lie, such as those of received instances for which a service has no stream of its own.</summary>
public static class TemporaryFile
{
    private static string? _storagePath;

    /// <summary>
    /// The folder, made where absent; the system's until it is set. On the volume where the files end up they can be moved there
    /// without being written again.
    /// </summary>
    [AllowNull]
    public static string StoragePath
    {
        get => _storagePath ?? Path.GetTempPath();
        set
        {
            if (value is not null)
                Directory.CreateDirectory(value);
            _storagePath = value;
        }
    }
}
