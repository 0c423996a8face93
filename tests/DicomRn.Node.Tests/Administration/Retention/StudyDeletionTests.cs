using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Retention;
using DicomRn.Node.Assembly;
using DicomRn.Node.Receiving;
using DicomRn.Node.State;
using DicomRn.Node.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Administration.Retention;

public sealed class StudyDeletionTests : IDisposable
{
    private const string Study = "1.2.3";
    private readonly NodeFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Deletion_that_a_crash_interrupted_is_finished_at_the_next_start_and_leaves_no_orphan(int filesGone)
    {
        await using (StoredStudies before = await StoredStudies.OpenAsync(_folder))
        {
            await before.EndAsync(Study, StudyState.Delivered);
            await MarkAsync(before);
            string[] files = [.. before.StudyFiles().Where(File.Exists).Order(StringComparer.Ordinal)];
            Assert.Equal(2, files.Length);
            foreach (string file in files.Take(filesGone))
                File.Delete(file);
        }

        await using StoredStudies after = await StoredStudies.OpenAsync(_folder);
        await after.Deletion.ResumeAsync(Token);
        await RecoverAsync(after);

        Assert.Empty(after.StudyFiles());
        Assert.Null(await after.StateAsync(Study));
        Assert.Equal(0, await after.Store.Store.ReadAsync(db => db.Instances.CountAsync(Token)));
        Assert.NotNull(Assert.Single(await after.DeletionsAsync()).FinishedAt);
    }

    [Fact]
    public async Task Instance_that_comes_while_its_study_is_deleted_is_kept_and_the_study_begins_anew()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.Delivered);
        await MarkAsync(studies);
        studies.Store.Clock.Advance(TimeSpan.FromSeconds(1));
        string late = await studies.ReceiveAsync(Study, Study + ".1.2");

        await studies.Deletion.ResumeAsync(Token);

        Assert.True(File.Exists(late));
        StudyRecord study = await studies.Store.StudyAsync(Study);
        Assert.Equal((StudyState.Assembling, 1), (study.State, study.InstanceCount));
        Assert.Equal(Study + ".1.2", (await studies.Store.Store.ReadAsync(db => db.Instances.SingleAsync(Token))).SopInstanceUid);
    }

    [Fact]
    public async Task Instance_that_is_sent_anew_while_its_study_is_deleted_keeps_its_record()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.Delivered);
        // The file was deleted and is there again; its row was never gone.
        StudyFileRemovalProbe removed = new(studies, _folder);
        await removed.InterruptAsync(Study);
        string again = await studies.ReceiveAsync(Study, Study + ".1.1");
        await studies.Store.Store.WriteAsync(t => t.Db.Instances.ExecuteUpdate(i => i.SetProperty(r => r.ReceivedAt, t.Now.AddSeconds(1))));

        await studies.Deletion.ResumeAsync(Token);

        Assert.True(File.Exists(again));
        Assert.Equal(StudyState.Assembling, await studies.StateAsync(Study));
        Assert.Equal(1, await studies.Store.Store.ReadAsync(db => db.Instances.CountAsync(Token)));
    }

    [Fact]
    public async Task Nothing_is_deleted_while_a_backup_is_made()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.Delivered);
        using (DeletionGate.TryTake(_folder.Folders))
        {
            JobOutcome outcome = await studies.Jobs.DiscardAsync(Study, "admin", "", Token);
            Assert.Equal(JobResult.Busy, outcome.Result);
        }

        Assert.Equal(StudyState.Delivered, await studies.StateAsync(Study));
        Assert.NotEmpty(studies.StudyFiles());
        Assert.Equal(JobResult.Done, (await studies.Jobs.DiscardAsync(Study, "admin", "", Token)).Result);
    }

    [Fact]
    public async Task Deletion_is_told_to_the_audit_trail_with_the_patient_that_the_files_named()
    {
        await using StoredStudies studies = await StoredStudies.OpenAsync(_folder);
        await studies.EndAsync(Study, StudyState.Delivered);

        await studies.Jobs.DiscardAsync(Study, "admin", "sent by mistake", Token);
        await studies.Audit.FlushAsync(Token);

        string message = Assert.Single(await File.ReadAllLinesAsync(Assert.Single(studies.Files.List()), Token));
        Assert.Contains("DICOM Study Deleted", message, StringComparison.Ordinal);
        Assert.Contains("ParticipantObjectID=\"PAT-4711\"", message, StringComparison.Ordinal);
        Assert.Contains("UserID=\"admin\"", message, StringComparison.Ordinal);
    }

    private static Task MarkAsync(StoredStudies studies) => new StudyFileRemovalProbe(studies, null).InterruptAsync(Study);

    private async Task RecoverAsync(StoredStudies studies) => await new FileReconciliation(
        studies.Store.Store, _folder.Folders, new OwnResults(studies.Store.Store), new AssemblyOptions(), studies.Store.Clock,
        NullLogger<FileReconciliation>.Instance).RunAsync(Token);

    /// <summary>Stops a deletion after its mark; with a folder, after the files.</summary>
    private sealed class StudyFileRemovalProbe(StoredStudies studies, NodeFolder? folder)
    {
        public async Task InterruptAsync(string study)
        {
            DeletionRecord mark = await studies.Store.Store.WriteAsync(transaction =>
            {
                DeletionRecord begun = new()
                {
                    StudyInstanceUid = study,
                    Revision = 1,
                    State = StudyState.Delivered,
                    By = "test",
                    Reason = "test",
                    Instances = 1,
                    Bytes = 0,
                    At = transaction.Now,
                };
                transaction.Db.Deletions.Add(begun);
                transaction.Db.Deliveries.RemoveRange(transaction.Db.Deliveries);
                transaction.Move(transaction.Db.Studies.Find(study)!, StudyState.Discarding);
                transaction.Db.SaveChanges();
                return begun;
            });
            if (folder is not null)
                await new StudyFileRemoval(studies.Store.Store, folder.Folders).RemoveAsync(mark, Token);
        }
    }
}
