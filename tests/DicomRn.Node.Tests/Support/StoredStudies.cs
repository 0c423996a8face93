using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Audit;
using DicomRn.Node.Administration.Jobs;
using DicomRn.Node.Administration.Retention;
using DicomRn.Node.Pipeline;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace DicomRn.Node.Tests.Support;

/// <summary>A data directory with studies whose files are there, and what deletes them; no node runs.</summary>
internal sealed class StoredStudies : IAsyncDisposable
{
    private readonly NodeFolder _folder;

    private StoredStudies(NodeFolder folder, TestStore store)
    {
        _folder = folder;
        Store = store;
        AuditOptions audit = new();
        Files = new AuditFiles(audit, folder.Folders, store.Clock);
        Audit = new AuditTrail(audit, new NodeOptions(), Files, store.Clock, NullLogger<AuditTrail>.Instance);
        Deletion = new StudyDeletion(
            store.Store, folder.Folders, new StudyPatients(store.Store, folder.Folders), Audit, NullLogger<StudyDeletion>.Instance);
        Jobs = new StoreJobs(store.Store, Deletion, new NodeStatusReader(store.Store));
    }

    public TestStore Store { get; }

    public AuditTrail Audit { get; }

    public AuditFiles Files { get; }

    public StudyDeletion Deletion { get; }

    public StoreJobs Jobs { get; }

    public static async Task<StoredStudies> OpenAsync(NodeFolder folder) => new(folder, await TestStore.OpenAsync(folder));

    /// <summary>Every file below the data directory that belongs to a study.</summary>
    public string[] StudyFiles() =>
    [
        .. new[] { _folder.Folders.Instances, _folder.Folders.Work }
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFileSystemEntries(f, "*", SearchOption.AllDirectories)),
    ];

    /// <summary>Receives an instance, file and row.</summary>
    public async Task<string> ReceiveAsync(string study, string sop, int bytes = 1000, string patientId = "PAT-4711")
    {
        DicomFile file = new(new DicomDataset
        {
            { DicomTag.SOPClassUID, DicomUID.MRImageStorage },
            { DicomTag.SOPInstanceUID, sop },
            { DicomTag.StudyInstanceUID, study },
            { DicomTag.SeriesInstanceUID, study + ".1" },
            { DicomTag.PatientID, patientId },
            { DicomTag.PatientName, "Phantom^Paula" },
        });
        file.Dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, new MemoryByteBuffer(new byte[bytes])));
        string path = Path.Combine(_folder.Folders.Instances, study, study + ".1", sop + ".dcm");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await file.SaveAsync(path);
        InstanceRecord row = Store.Instance(sop, study);
        await Store.Store.RecordInstanceAsync(new InstanceReceipt(
            new InstanceRecord
            {
                SopInstanceUid = row.SopInstanceUid,
                SopClassUid = row.SopClassUid,
                StudyInstanceUid = row.StudyInstanceUid,
                SeriesInstanceUid = row.SeriesInstanceUid,
                TransferSyntaxUid = row.TransferSyntaxUid,
                Path = row.Path,
                Size = new FileInfo(path).Length,
                DataSetHash = row.DataSetHash,
                DataSetOffset = row.DataSetOffset,
                SourceAeTitle = row.SourceAeTitle,
                ReceivedAt = row.ReceivedAt,
                IsOwnResult = false,
            },
            [1], TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10)));
        return path;
    }

    /// <summary>Takes a study, which has one instance and one result with its file, to an end.</summary>
    public async Task EndAsync(string study, StudyState end, int bytes = 1000)
    {
        await ReceiveAsync(study, study + ".1.1", bytes);
        Store.Clock.Advance(TimeSpan.FromSeconds(60));
        await Store.Store.CompleteDueStudiesAsync();
        StudyTask task = (await Store.Store.BeginProcessingAsync())!;
        string result = Path.Combine(_folder.Folders.WorkOf(study, 1), "results", study + ".9.dcm");
        Directory.CreateDirectory(Path.GetDirectoryName(result)!);
        await File.WriteAllBytesAsync(result, new byte[500]);
        if (end == StudyState.NothingToDo)
        {
            await Store.Store.FinishProcessingAsync(task, Results.NothingToDo with { StudyInstanceUid = study }, []);
            return;
        }

        if (end == StudyState.NeedsAttention)
        {
            await Store.Store.FailProcessingAsync(task, "The model pack is damaged.", 1, TimeSpan.Zero);
            return;
        }

        await Store.Store.FinishProcessingAsync(
            task,
            new StudyResult
            {
                StudyInstanceUid = study,
                Outcome = StudyOutcome.Answered,
                Results = [new ResultFile(result, ResultKind.SR, "1.2.840.10008.5.1.4.1.1.88.34", study + ".9", study + ".8")],
            },
            ["PACS"]);
        if (end == StudyState.Delivering)
            return;
        long[] queued = await Store.Store.ReadAsync(
            db => db.Deliveries.Where(d => d.StudyInstanceUid == study).Select(d => d.Id).ToArrayAsync());
        await Store.Store.RecordAttemptAsync(study, [.. queued.Select(id => new DeliveryAttempt(
            id, end == StudyState.Delivered ? DeliveryState.Delivered : DeliveryState.Failed, 0,
            end == StudyState.Delivered ? null : "Status 0122 SOP class not supported", null))]);
    }

    public async Task<StudyState?> StateAsync(string study) =>
        (await Store.Store.ReadAsync(async db => await db.Studies.FindAsync(study)))?.State;

    public Task<DeletionRecord[]> DeletionsAsync() =>
        Store.Store.ReadAsync(db => db.Deletions.OrderBy(d => d.Id).ToArrayAsync());

    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync();
        await Store.DisposeAsync();
    }
}
