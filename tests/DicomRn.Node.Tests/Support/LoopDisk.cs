using System.Diagnostics;
using System.Runtime.InteropServices;
using DicomRn.Node.Receiving;
using Microsoft.Win32.SafeHandles;

namespace DicomRn.Node.Tests.Support;

/// <summary>
/// A journalled file system of its own on a loop device, whose power can be cut: nothing that had not reached the device then ever
/// does. Needs the right to mount (CAP_SYS_ADMIN), losetup and mkfs.ext4.
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    // FS_IOC_SHUTDOWN, and its argument for "without writing the journal".
    private const nuint Shutdown = 0x8004587D;
    private const uint WithoutJournal = 2;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dicomrn-disk-");
    private string? _device;
    private bool _isMounted;

    private LoopDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "mounted");

    /// <summary>Makes one; skips the test, saying why, where that is not permitted.</summary>
    /// <param name="megabytes">Its size.</param>
    public static LoopDisk Create(int megabytes)
    {
        LoopDisk disk = new();
        try
        {
            Directory.CreateDirectory(disk.Path);
            string image = System.IO.Path.Combine(disk._folder.FullName, "image");
            using (FileStream file = new(image, FileMode.CreateNew))
                file.SetLength((long)megabytes << 20);
            Run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
            disk._device = Run("losetup", "--direct-io=on", "-f", "--show", image).Trim();
            disk.Mount();
            return disk;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            disk.Dispose();
            Assert.Skip($"A loop device cannot be mounted here (that takes CAP_SYS_ADMIN, util-linux and e2fsprogs): {e.Message}");
            throw;
        }
    }

    /// <summary>Cuts the power: every operation fails from now on.</summary>
    public void CutPower()
    {
        using SafeFileHandle root = FolderSync.Open(Path);
        uint how = WithoutJournal;
        Assert.Equal(0, Ioctl(root, Shutdown, ref how));
    }

    /// <summary>After a power cut, when everything on it is closed: the system starts again.</summary>
    public void Restart()
    {
        Unmount();
        Mount();
    }

    public void Dispose()
    {
        Unmount();
        if (_device is not null)
            Run("losetup", "-d", _device);
        _folder.Delete(recursive: true);
    }

    private void Mount()
    {
        Run("mount", _device!, Path);
        _isMounted = true;
    }

    private void Unmount()
    {
        if (_isMounted)
            Run("umount", Path);
        _isMounted = false;
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string error = process.StandardError.ReadToEnd();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {error.Trim()}");
    }

#pragma warning disable SYSLIB1054
    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Ioctl(SafeFileHandle file, nuint request, ref uint argument);
#pragma warning restore SYSLIB1054
}
