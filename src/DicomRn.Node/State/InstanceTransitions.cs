namespace DicomRn.Node.State;

/// <summary>Corrections of instance records.</summary>
internal static class InstanceTransitions
{
    /// <summary>Takes back a record whose file could not be made durable.</summary>
    public static Task ForgetInstanceAsync(this StateStore store, string sopInstanceUid) => store.WriteAsync(transaction =>
    {
        if (transaction.Db.Instances.Find(sopInstanceUid) is not { } instance)
            return;
        transaction.Db.Instances.Remove(instance);
        if (!instance.IsOwnResult && transaction.Db.Studies.Find(instance.StudyInstanceUid) is { } study)
        {
            study.InstanceCount--;
            study.Version++;
        }
    });
}
