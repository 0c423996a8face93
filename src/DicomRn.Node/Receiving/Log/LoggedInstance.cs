namespace DicomRn.Node.Receiving.Log;

/// <summary>What the log has of an instance beside its Part-10 file: all that is needed to file it.</summary>
internal sealed record LoggedInstance
{
    public required InstanceIdentity Identity { get; init; }

    public required string TransferSyntaxUid { get; init; }

    public required string CallingAeTitle { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where the data set begins in the Part-10 file, in bytes.</summary>
    public required int DataSetOffset { get; init; }

    /// <summary>Length of the Part-10 file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>
    /// The file in <see cref="InstanceLog.Inbox"/> that is the Part-10 file; null where the log itself has its bytes.
    /// </summary>
    public string? LargeFile { get; init; }

    /// <summary>As bytes; <see cref="Decode"/> reads them.</summary>
    public byte[] Encode()
    {
        using MemoryStream bytes = new(512);
        using (BinaryWriter writer = new(bytes))
        {
            writer.Write(Identity.SopInstanceUid);
            writer.Write(Identity.SopClassUid);
            writer.Write(Identity.StudyInstanceUid);
            writer.Write(Identity.SeriesInstanceUid);
            writer.Write(Identity.IsOurWork);
            writer.Write(Identity.PatientId);
            writer.Write(Identity.IssuerOfPatientId);
            writer.Write(TransferSyntaxUid);
            writer.Write(CallingAeTitle);
            writer.Write(ReceivedAt.ToUnixTimeMilliseconds());
            writer.Write(DataSetOffset);
            writer.Write(Size);
            writer.Write(LargeFile ?? "");
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Encode"/> wrote.</summary>
    public static LoggedInstance Decode(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        InstanceIdentity identity = new()
        {
            SopInstanceUid = reader.ReadString(),
            SopClassUid = reader.ReadString(),
            StudyInstanceUid = reader.ReadString(),
            SeriesInstanceUid = reader.ReadString(),
            IsOurWork = reader.ReadBoolean(),
            PatientId = reader.ReadString(),
            IssuerOfPatientId = reader.ReadString(),
        };
        return new LoggedInstance
        {
            Identity = identity,
            TransferSyntaxUid = reader.ReadString(),
            CallingAeTitle = reader.ReadString(),
            ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            DataSetOffset = reader.ReadInt32(),
            Size = reader.ReadInt64(),
            LargeFile = reader.ReadString() is { Length: > 0 } name ? name : null,
        };
    }
}
