using System.Buffers;
using System.Text;
using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>All that a peer sends on one connection to an SCP: PDUs, command sets, data sets, in the code that receives them.</summary>
internal sealed class AssociationTarget() : FuzzTarget("association")
{
    // The longest PDU is announced as 256 KiB; buffers are pooled.
    public override MemoryBound Memory => new(2000, 64 << 20);

    public override bool UsesOtherThreads => true;

    public override IReadOnlyList<IMutation> Mutations { get; } =
    [
        .. DicomTokens.Mutations,
        new TokenMutation(
            [1, 0, 0, 0, 0, 200], [2, 0, 0, 0, 0, 200], [3, 0, 0, 0, 0, 4, 0, 1, 1, 1], [4, 0, 0, 0, 0, 12, 0, 0, 0, 8, 1, 3], [5, 0, 0, 0, 0, 4, 0, 0, 0, 0],
            [6, 0, 0, 0, 0, 4, 0, 0, 0, 0], [7, 0, 0, 0, 0, 4, 0, 0, 0, 0], [0x10, 0], [0x20, 0], [0x21, 0], [0x30, 0], [0x40, 0], [0x50, 0],
            [0x51, 0, 0, 4, 0, 0, 0, 0], [0x53, 0, 0, 4, 0, 5, 0, 5], [0x54, 0], [0x56, 0], [0x57, 0], [0x58, 0, 0, 6, 2, 1, 0, 1, (byte)'a', 0]),
        new TokenMutation(
            [0, 0, 0, 1, 2, 0, 0, 0, 1, 0], [0, 0, 0, 1, 2, 0, 0, 0, 0x20, 0], [0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0], [0, 0, 0, 1, 2, 0, 0, 0, 0xFF, 0x0F],
            [0, 0, 0, 1, 2, 0, 0, 0, 0, 1], [0, 0, 0, 1, 2, 0, 0, 0, 0x30, 1], [0, 0, 0, 8, 2, 0, 0, 0, 1, 1], [0, 0, 0, 8, 2, 0, 0, 0, 0, 0]),
    ];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        byte[] request = Pdu(PduType.AAssociateRq, Request().Write), release = Pdu(PduType.AReleaseRq, pdu => pdu.WriteZeros(4));
        byte[] echo = Data(3, isCommand: true, Command(DicomCommandField.CEchoRequest, DicomUID.Verification.UID, hasDataset: false));
        byte[] store = Data(1, isCommand: true, Command(DicomCommandField.CStoreRequest, DicomUID.MRImageStorage.UID, hasDataset: true));
        byte[] instance = Data(1, isCommand: false, Dataset());
        yield return [.. request, .. echo, .. release];
        yield return [.. request, .. store, .. instance, .. echo, .. store, .. instance, .. release];
        yield return [.. request, .. store, .. instance.AsSpan(0, instance.Length / 2)];
        yield return [.. request, .. Pdu(PduType.AAbort, pdu => pdu.WriteZeros(4))];
        foreach (DicomCommandField field in Enum.GetValues<DicomCommandField>())
            yield return [.. request, .. Data(1, isCommand: true, Command(field, DicomUID.MRImageStorage.UID, hasDataset: true)), .. instance, .. release];
    }

    public override async ValueTask ExecuteAsync(byte[] input)
    {
        ScriptedConnection connection = new(input);
        using FuzzedScp service = new(connection, Encoding.ASCII, new DicomServiceDependencies());
        await service.RunAsync();
    }

    private static AAssociateRq Request() => new()
    {
        CallingAe = "FUZZER",
        CalledAe = "SCP",
        PresentationContexts =
        [
            new PresentationContextRq(1, DicomUID.MRImageStorage.UID, [DicomUID.ExplicitVRLittleEndian.UID]),
            new PresentationContextRq(3, DicomUID.Verification.UID, [DicomUID.ImplicitVRLittleEndian.UID]),
        ],
        User = new UserInformation
        {
            MaximumLength = 16384,
            ImplementationClassUid = "1.2.3",
            AsynchronousOperations = new AsynchronousOperationsWindow(2, 2),
            Roles = [new RoleSelection(DicomUID.MRImageStorage.UID, true, true)],
        },
    };

    private static byte[] Command(DicomCommandField field, string sopClass, bool hasDataset)
    {
        DicomDataset command = new DicomDataset(DicomTransferSyntax.ImplicitVRLittleEndian)
            .AddOrUpdate(DicomTag.AffectedSOPClassUID, sopClass)
            .AddOrUpdate(DicomTag.CommandField, (ushort)field)
            .AddOrUpdate(DicomTag.MessageID, (ushort)7)
            .AddOrUpdate(DicomTag.Priority, (ushort)0)
            .AddOrUpdate(DicomTag.CommandDataSetType, (ushort)(hasDataset ? 1 : 0x0101))
            .AddOrUpdate(DicomTag.AffectedSOPInstanceUID, "1.2.3.4");
        ArrayBufferWriter<byte> writer = new();
        CommandSetCodec.Write(command, writer);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] Dataset()
    {
        using MemoryStream stream = new();
        Dicom.IO.Writer.DicomDatasetWriter.Write(
            stream, SampleDatasets.Everything(DicomTransferSyntax.ExplicitVRLittleEndian), DicomTransferSyntax.ExplicitVRLittleEndian, null);
        return stream.ToArray();
    }

    private static byte[] Pdu(PduType type, Action<PduWriter> body)
    {
        using PduWriter writer = new(type);
        body(writer);
        return writer.Finish().ToArray();
    }

    private static byte[] Data(byte context, bool isCommand, byte[] fragment)
    {
        byte[] pdu = new byte[PduHeader.Size + PDataTf.ValueHeaderSize + fragment.Length];
        PDataTf.WriteHeaders(pdu, fragment.Length, context, isCommand, isLast: true);
        fragment.CopyTo(pdu, PduHeader.Size + PDataTf.ValueHeaderSize);
        return pdu;
    }
}
