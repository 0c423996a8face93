using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace DicomRn.Node.Administration;

/// <summary>Files and folders that only the user who runs the node can read; on Windows administrators and the system, too.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;

    /// <summary>Creates a folder, if absent.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        if (Path.GetDirectoryName(path) is { } parent)
            Directory.CreateDirectory(parent);
        if (OperatingSystem.IsWindows())
            CreateOnWindows(path);
        else
            Directory.CreateDirectory(path, Folder700);
    }

    /// <summary>Opens a file for appending; a new one belongs to its owner only.</summary>
    public static FileStream Append(string path) => Open(path, FileMode.Append);

    /// <summary>Writes a file whole: to a temporary name, then renamed.</summary>
    public static void WriteAllText(string path, string text)
    {
        string temporary = path + ".part";
        File.Delete(temporary);
        using (FileStream file = Open(temporary, FileMode.CreateNew))
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Why others could read a file; null if they cannot. On Windows its folder decides.</summary>
    public static string? Exposure(string path)
    {
        if (OperatingSystem.IsWindows())
            return null;
        UnixFileMode others = File.GetUnixFileMode(path) & ~Folder700;
        return others == UnixFileMode.None ? null : $"{path} can be read or written by others than its owner ({others}); chmod 600 it";
    }

    private static FileStream Open(string path, FileMode mode)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = File600;
        return new FileStream(path, options);
    }

    [SupportedOSPlatform("windows")]
    private static void CreateOnWindows(string path)
    {
        DirectorySecurity security = new();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        SecurityIdentifier[] allowed =
        [
            WindowsIdentity.GetCurrent().User!,
            new(WellKnownSidType.LocalSystemSid, null),
            new(WellKnownSidType.BuiltinAdministratorsSid, null),
        ];
        foreach (SecurityIdentifier who in allowed)
            security.AddAccessRule(new FileSystemAccessRule(
                who, FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                PropagationFlags.None, AccessControlType.Allow));
        new DirectoryInfo(path).Create(security);
    }
}
