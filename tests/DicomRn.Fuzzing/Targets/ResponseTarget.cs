using DicomRn.Dicom.Network.Dimse;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing.Targets;

/// <summary>Single PDUs and command sets, also those that only an SCU is sent. An input's first byte says which parser it is for.</summary>
internal sealed class ResponseTarget() : FuzzTarget("pdu")
{
    private const int Contexts = 128;

    public override MemoryBound Memory => new(2000, 8 << 20);

    public override IReadOnlyList<IMutation> Mutations { get; } =
        [new TokenMutation([0x10, 0, 0, 1], [0x21, 0, 0, 4], [0x40, 0, 0, 1], [0x50, 0, 0, 8], [0x51, 0, 0, 4, 0, 0, 0, 0], [0x53, 0, 0, 4], [0x54, 0, 0, 9])];

    public override IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files)
    {
        foreach (byte[] stream in new AssociationTarget().Seeds(files))
        {
            PduHeader header = PduHeader.Read(stream);
            int end = PduHeader.Size + (int)header.Length;
            yield return [1, .. stream.AsSpan(PduHeader.Size, (int)header.Length)];
            yield return [2, .. stream.AsSpan(PduHeader.Size, (int)header.Length)];
            if (stream.Length > end + 12)
            {
                yield return [4, .. stream.AsSpan(end + PduHeader.Size)];
                yield return [0, .. stream.AsSpan(end + 12)];
            }
        }
    }

    public override ValueTask ExecuteAsync(byte[] input)
    {
        byte[] body = input.Length > 0 ? input[1..] : [];
        switch (input.Length > 0 ? input[0] % 8 : 0)
        {
            case 1:
                AAssociateRq.Read(body, Contexts);
                break;
            case 2:
                AAssociateAc.Read(body);
                break;
            case 3:
                AAssociateRj.Read(body);
                break;
            case 4:
                PDataTf data = new(body);
                while (data.TryRead(out _))
                {
                }

                break;
            case 7:
                AAbort.Read(body);
                break;
            default:
                _ = CommandSetCodec.Read(body).WriteToString();
                break;
        }

        return ValueTask.CompletedTask;
    }
}
