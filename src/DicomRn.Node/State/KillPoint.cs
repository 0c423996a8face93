namespace DicomRn.Node.State;

/// <summary>
/// Places between two durable steps, where a test has the program killed to see that the next start makes good what is half done. See
/// <see cref="KillPoints"/>.
/// </summary>
internal enum KillPoint
{
    /// <summary>An instance begins to arrive: those before it on the association are answered.</summary>
    ReceivingInstanceBegun,

    /// <summary>An instance too large for the log has its file in the inbox, not synced.</summary>
    ReceivingLargeFileWritten,

    /// <summary>That file is synced, and the log does not name it.</summary>
    ReceivingLargeFileSynced,

    /// <summary>An instance is written to the log, not synced.</summary>
    ReceivingLogWritten,

    /// <summary>An instance is durable in the log, and not acknowledged.</summary>
    ReceivingLogSynced,

    /// <summary>An instance that conflicts with a stored one has its file in the quarantine, and no record.</summary>
    ReceivingQuarantineWritten,

    /// <summary>Settling: an instance has its file, written or renamed to its place, not synced.</summary>
    ReceivingFileWritten,

    /// <summary>Settling anew, after a crash: an instance has its bytes beside a file that may be half.</summary>
    ReceivingReplacementWritten,

    /// <summary>Settling: the files are durable, and not recorded.</summary>
    ReceivingFilesSynced,

    /// <summary>Settling: the instances are recorded, and the log holds them still.</summary>
    ReceivingRecorded,

    /// <summary>Settling: the log is marked as settled, and its space not freed.</summary>
    ReceivingLogReleased,

    /// <summary>A study is complete.</summary>
    AssemblyCompleted,

    /// <summary>A study is taken for processing, and nothing of it is done.</summary>
    ProcessingBegun,

    /// <summary>A file of a step is durable under its temporary name.</summary>
    ProcessingFileSynced,

    /// <summary>The lesion masks are written, and the record of matching is not.</summary>
    MatchingMasksWritten,

    /// <summary>Matching is recorded.</summary>
    MatchingRecorded,

    /// <summary>The attention maps are written, and the record of classification is not.</summary>
    ClassificationMapsWritten,

    /// <summary>Classification is recorded.</summary>
    ClassificationRecorded,

    /// <summary>What an earlier run reported is removed.</summary>
    ReportingCleared,

    /// <summary>A result object or picture is written.</summary>
    ReportingFileWritten,

    /// <summary>All result objects are written, and the record of reporting is not.</summary>
    ReportingFilesWritten,

    /// <summary>Reporting is recorded in the work folder, and the state store does not know.</summary>
    ReportingRecorded,

    /// <summary>The result is stored and its objects are queued.</summary>
    ProcessingFinished,

    /// <summary>A study waits for what is fetched for it, and nobody is asked yet.</summary>
    FetchingHeld,

    /// <summary>Others are asked for a study, and nothing is taken.</summary>
    FetchingBegun,

    /// <summary>It is known what others have, and nothing is taken.</summary>
    FetchingFound,

    /// <summary>A fetched object has its file, and no record.</summary>
    FetchingFileWritten,

    /// <summary>The objects of a series are recorded, and the round is not ended.</summary>
    FetchingRecorded,

    /// <summary>A round of asking is ended, and its study waits to be processed.</summary>
    FetchingEnded,

    /// <summary>A study's deliveries are taken, and nothing is sent.</summary>
    DeliveryTaken,

    /// <summary>A destination has answered one object, and that is not recorded.</summary>
    DeliveryAnswered,

    /// <summary>A destination has answered all objects, and that is not recorded.</summary>
    DeliverySent,

    /// <summary>What the destination answered is recorded.</summary>
    DeliveryRecorded,

    /// <summary>A request for storage commitment is recorded, and not sent.</summary>
    CommitmentBegun,

    /// <summary>A report of storage commitment is recorded, and not answered.</summary>
    CommitmentRecorded,

    /// <summary>A destination was asked with C-FIND, and what it said is not recorded.</summary>
    ConfirmationAsked,

    /// <summary>What it said is recorded.</summary>
    ConfirmationRecorded,

    /// <summary>A study is marked to be deleted, and all of it is there.</summary>
    DeletionMarked,

    /// <summary>A file of a study that is deleted is removed.</summary>
    DeletionFileRemoved,

    /// <summary>All files of it are removed, and its rows are there.</summary>
    DeletionFilesRemoved,

    /// <summary>Its rows are removed.</summary>
    DeletionRecorded,

    /// <summary>Backup: everything is copied, and the backup has its temporary name.</summary>
    BackupCopied,
}
