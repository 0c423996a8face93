namespace DicomRn.Node.State;

/// <summary>What <see cref="StateStore.RecordInstanceAsync"/> is told of an instance that arrived.</summary>
/// <param name="Instance">The row to write.</param>
/// <param name="PatientKey">See <see cref="StudyRecord.PatientKey"/>; null where the instance names no patient.</param>
/// <param name="QuietPeriod">After this long without another instance the study is complete.</param>
/// <param name="HardMaximum">After this long since its first instance the study is complete in any case.</param>
internal sealed record InstanceReceipt(
    InstanceRecord Instance, byte[]? PatientKey, TimeSpan QuietPeriod, TimeSpan HardMaximum);

/// <summary>What became of an <see cref="InstanceReceipt"/>.</summary>
internal enum ReceiptOutcome
{
    /// <summary>There is a row for it now.</summary>
    Recorded,

    /// <summary>Another row has its SOP Instance UID; nothing was changed.</summary>
    AlreadyKnown,
}
