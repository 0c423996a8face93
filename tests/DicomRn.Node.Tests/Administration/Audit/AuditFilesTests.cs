using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Administration.Audit;

public sealed class AuditFilesTests : IDisposable
{
    private readonly NodeFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_day_and_every_full_file_is_followed_by_another()
    {
        using AuditFiles files = new(new AuditOptions { MaximumFileSize = 64 << 10 }, _folder.Folders, _clock);
        files.Append([new string('a', 40 << 10)]);
        files.Append([new string('b', 20 << 10)]);
        files.Append([new string('c', 40 << 10)]);
        _clock.Advance(TimeSpan.FromHours(2));
        files.Append(["d"]);

        Assert.Equal(
            ["audit-20260301-0001.log", "audit-20260301-0002.log", "audit-20260302-0001.log"],
            files.List().Select(Path.GetFileName));
    }

    [Fact]
    public void Messages_of_a_command_of_another_user_can_be_read_by_the_node()
    {
        using AuditFiles files = new(new AuditOptions(), _folder.Folders, _clock);
        NodeOptions node = new();
        AuditMessage message = AuditEvents.Application(node.AeTitle, starts: true);
        Assert.Throws<DirectoryNotFoundException>(() => CommandMessages.Leave(new AuditOptions(), node, files, _clock, [message]));
        files.Append(["a"]);

        CommandMessages.Leave(new AuditOptions(), node, files, _clock, [message]);

        string left = Assert.Single(CommandMessages.Find(files));
        Assert.Contains(node.AeTitle, Assert.Single(File.ReadAllLines(left)), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(files.Folder).Length);
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(left).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public void Files_are_the_owners_only()
    {
        // There the folder's access list decides.
        if (OperatingSystem.IsWindows())
            return;
        using AuditFiles files = new(new AuditOptions(), _folder.Folders, _clock);
        files.Append(["a"]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(files.List())));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(files.Folder));
    }

    [Fact]
    public void Line_that_a_power_cut_left_half_does_not_swallow_the_next()
    {
        using (AuditFiles before = new(new AuditOptions(), _folder.Folders, _clock))
            before.Append(["whole"]);
        string file = Path.Combine(_folder.Path, "audit", "audit-20260301-0001.log");
        File.AppendAllText(file, "<AuditMess");

        using AuditFiles after = new(new AuditOptions(), _folder.Folders, _clock);
        after.Append(["next"]);

        Assert.Equal(["whole", "<AuditMess", "next"], File.ReadAllLines(file));
    }

    [Fact]
    public void Old_files_go_by_the_setting_and_not_before_they_may()
    {
        using AuditFiles files = new(new AuditOptions { KeepFor = TimeSpan.FromDays(10) }, _folder.Folders, _clock);
        files.Append(["a"]);
        _clock.Advance(TimeSpan.FromDays(9));
        files.Append(["b"]);
        files.Prune(_ => true);
        Assert.Equal(2, files.List().Count);

        _clock.Advance(TimeSpan.FromDays(2));
        files.Prune(_ => false);
        Assert.Equal(2, files.List().Count);
        files.Prune(_ => true);
        Assert.Equal(["audit-20260310-0001.log"], files.List().Select(Path.GetFileName));
    }

    [Fact]
    public async Task Messages_are_written_when_the_folder_can_be_written_again()
    {
        // A file stands where the folder has to be.
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "audit"), "", Token);
        LogLines log = new();
        using AuditFiles files = new(new AuditOptions(), _folder.Folders, _clock);
        await using AuditTrail trail = new(
            new AuditOptions(), new NodeOptions(), files, _clock, new Microsoft.Extensions.Logging.Logger<AuditTrail>(log));
        trail.Post(AuditEvents.Application("DICOMRN", starts: true));
        await log.LineAsync("6200", "1 messages cannot be written");

        File.Delete(Path.Combine(_folder.Path, "audit"));
        Task flushed = trail.FlushAsync(Token);
        while (!flushed.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        Assert.Single(await File.ReadAllLinesAsync(Assert.Single(files.List()), Token));
    }

    [Fact]
    public async Task Without_the_trail_nothing_is_written()
    {
        AuditOptions off = new() { Enabled = false };
        using AuditFiles files = new(off, _folder.Folders, _clock);
        await using AuditTrail trail = new(off, new NodeOptions(), files, _clock, NullLogger<AuditTrail>.Instance);

        trail.Post(AuditEvents.Application("DICOMRN", starts: true));
        await trail.FlushAsync(Token);

        Assert.Empty(files.List());
    }
}
