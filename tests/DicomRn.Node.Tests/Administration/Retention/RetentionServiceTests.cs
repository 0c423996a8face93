using DicomRn.Node.Administration.Retention;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Administration.Retention;

public sealed class RetentionServiceTests : IDisposable
{
    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task By_default_nothing_is_ever_deleted()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync("1.1", StudyState.Delivered);
        studies.Store.Clock.Advance(TimeSpan.FromDays(10_000));

        await RunAsync(studies, new RetentionOptions());

        Assert.Equal(StudyState.Delivered, await studies.StateAsync("1.1"));
        Assert.Empty(await studies.DeletionsAsync());
    }

    [Fact]
    public async Task Finished_studies_go_when_they_are_old_enough_and_others_stay()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync("1.1", StudyState.Delivered);
        await studies.EndAsync("1.2", StudyState.NothingToDo);
        await studies.EndAsync("1.3", StudyState.NeedsAttention);
        await studies.EndAsync("1.4", StudyState.FailedDelivery);
        await studies.EndAsync("1.5", StudyState.Delivering);
        studies.Store.Clock.Advance(TimeSpan.FromDays(29));
        await studies.EndAsync("1.6", StudyState.Delivered);
        studies.Store.Clock.Advance(TimeSpan.FromDays(1));

        await RunAsync(studies, new RetentionOptions { KeepFinished = TimeSpan.FromDays(30) });

        Assert.Equal(["1.1", "1.2"], (await studies.DeletionsAsync()).Select(d => d.StudyInstanceUid));
        Assert.Equal(
            [null, null, StudyState.NeedsAttention, StudyState.FailedDelivery, StudyState.Delivering, StudyState.Delivered],
            new[] { "1.1", "1.2", "1.3", "1.4", "1.5", "1.6" }.Select(s => studies.StateAsync(s).Result));
        Assert.DoesNotContain(studies.StudyFiles(), file => file.Contains("/1.1", StringComparison.Ordinal) || file.Contains("/1.2", StringComparison.Ordinal));
        Assert.All(await studies.DeletionsAsync(), d => Assert.Equal(("retention", true), (d.By, d.Reason.Contains("for more than 30", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Studies_that_wait_for_a_person_go_by_their_own_time()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync("1.1", StudyState.NeedsAttention);
        await studies.EndAsync("1.2", StudyState.FailedDelivery);
        RetentionOptions options = new() { KeepFinished = TimeSpan.FromDays(30), KeepUnfinished = TimeSpan.FromDays(90) };
        studies.Store.Clock.Advance(TimeSpan.FromDays(89));
        await RunAsync(studies, options);
        Assert.Empty(await studies.DeletionsAsync());

        studies.Store.Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync(studies, options);

        Assert.Equal(["1.1", "1.2"], (await studies.DeletionsAsync()).Select(d => d.StudyInstanceUid));
    }

    [Fact]
    public async Task Over_the_size_the_oldest_finished_studies_go_until_it_is_kept()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync("1.1", StudyState.NeedsAttention, bytes: 1 << 20);
        foreach (string study in new[] { "1.2", "1.3", "1.4" })
            await studies.EndAsync(study, StudyState.Delivered, bytes: 1 << 20);

        // Room for two studies of a MiB and a bit, but not for three.
        await RunAsync(studies, new RetentionOptions { MaximumSize = 5 << 19 });

        Assert.Equal(["1.2", "1.3"], (await studies.DeletionsAsync()).Select(d => d.StudyInstanceUid));
        Assert.Equal(StudyState.NeedsAttention, await studies.StateAsync("1.1"));
    }

    [Fact]
    public async Task Files_of_the_quarantine_go_when_they_are_old_enough()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        string file = Path.Combine(_folder.Folders.Quarantine, "1.1.x.dcm");
        Directory.CreateDirectory(_folder.Folders.Quarantine);
        await File.WriteAllBytesAsync(file, new byte[100], Token);
        await studies.Store.Store.WriteAsync(transaction =>
        {
            transaction.Db.Quarantine.Add(new QuarantineRecord
            {
                SopInstanceUid = "1.1",
                Path = _folder.Folders.Relative(file),
                Reason = "test",
                At = transaction.Now,
            });
        });
        RetentionOptions options = new() { KeepQuarantine = TimeSpan.FromDays(7) };
        await RunAsync(studies, options);
        Assert.True(File.Exists(file));

        studies.Store.Clock.Advance(TimeSpan.FromDays(8));
        await RunAsync(studies, options);

        Assert.False(File.Exists(file));
        Assert.Equal(0, await studies.Store.Store.ReadAsync(db => db.Quarantine.CountAsync(Token)));
        DeletionRecord deletion = Assert.Single(await studies.DeletionsAsync());
        Assert.Equal(("quarantine/1.1.x.dcm", 100L), (deletion.QuarantinedPath, deletion.Bytes));
    }

    private async Task RunAsync(StoredStudies studies, RetentionOptions options)
    {
        using RetentionService service = new(
            studies.Store.Store, _folder.Folders, studies.Deletion, options, studies.Store.Clock, NullLogger<RetentionService>.Instance);
        await service.RunOnceAsync(Token);
    }
}
