using DicomRn.Node.Receiving;
using DicomRn.Node.Receiving.Log;

namespace DicomRn.Node.Tests.Support;

/// <summary>Instances for a log.</summary>
internal static class LoggedInstances
{
    public static LoggedInstance Of(string sop, int size, string study = Instances.Study) => new()
    {
        Identity = new InstanceIdentity
        {
            SopInstanceUid = sop,
            SopClassUid = "1.2.840.10008.5.1.4.1.1.4",
            StudyInstanceUid = study,
            SeriesInstanceUid = study + ".1",
            PatientId = "TEST",
            IssuerOfPatientId = "",
            IsOurWork = false,
        },
        TransferSyntaxUid = "1.2.840.10008.1.2.1",
        CallingAeTitle = "MODALITY",
        ReceivedAt = new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
        DataSetOffset = 0,
        Size = size,
    };

    /// <summary>Appends an instance as the node does.</summary>
    public static async Task AppendAsync(this InstanceLog log, DicomFile file, DateTimeOffset receivedAt)
    {
        using MemoryStream bytes = new();
        await file.SaveAsync(bytes);
        bytes.Position = 0;
        InstanceIdentity identity = InstanceIdentity.Read(bytes);
        LoggedInstance logged = Of(identity.SopInstanceUid, (int)bytes.Length) with
        {
            Identity = identity,
            ReceivedAt = receivedAt,
            DataSetOffset = await OffsetAsync(bytes),
        };
        await log.AppendAsync(logged, bytes.ToArray());
    }

    private static async Task<int> OffsetAsync(MemoryStream file)
    {
        file.Position = 0;
        return await PartTen.FindDataSetAsync(file, TestContext.Current.CancellationToken);
    }

    public static async Task<LogRecord> AppendAsync(this InstanceLog log, string sop, byte[] content) =>
        await log.AppendAsync(Of(sop, content.Length), content);
}
