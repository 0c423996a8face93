using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// A C-STORE SCU that encodes everything before the clock starts, so that the receiver is what is measured. It speaks the
/// upper layer protocol (PS3.8 9.3) by itself: a comparison must not send with the stack that it measures.
/// </summary>
internal sealed class PreparedSender(IPEndPoint receiver, string calledAeTitle, IReadOnlyList<PreparedInstance> instances)
{
    private const int OwnMaximumLength = 262_144;
    private const int MaximumPreparedLength = 1 << 20;
    private const byte LastFragment = 2, Command = 1;

    private readonly (string SopClass, string TransferSyntax)[] _contexts =
        [.. instances.Select(i => (i.SopClassUid, i.TransferSyntaxUid)).Distinct()];

    /// <summary>Sends all instances once, dealt out over <paramref name="associations"/>, and returns the time from connect to release.</summary>
    /// <exception cref="InvalidDataException">The receiver refused an association, a context or an instance.</exception>
    public async Task<TimeSpan> SendAsync(int associations, CancellationToken cancellationToken)
    {
        int maximum;
        await using (NetworkStream probe = await ConnectAsync(cancellationToken))
        {
            maximum = await AssociateAsync(probe, cancellationToken);
            await ReleaseAsync(probe, cancellationToken);
        }

        byte[][][] prepared =
        [
            .. Enumerable.Range(0, associations).Select(a => instances
                .Where((_, index) => index % associations == a)
                .Select((instance, index) => Prepare(instance, (ushort)(index % 65_535 + 1), maximum))
                .ToArray()),
        ];
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(prepared.Select(own => SendOnOneAsync(own, cancellationToken)));
        return Stopwatch.GetElapsedTime(start);
    }

    private async Task SendOnOneAsync(byte[][] prepared, CancellationToken cancellationToken)
    {
        await using NetworkStream stream = await ConnectAsync(cancellationToken);
        await AssociateAsync(stream, cancellationToken);
        foreach (byte[] message in prepared)
        {
            await stream.WriteAsync(message, cancellationToken);
            (byte type, byte[] body) = await ReadPduAsync(stream, cancellationToken);
            if (type != 4 || Status(body) != 0)
                throw new InvalidDataException($"The receiver answered PDU type {type}, status {(type == 4 ? Status(body) : 0):X4}H.");
        }

        await ReleaseAsync(stream, cancellationToken);
    }

    private async Task<NetworkStream> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(receiver, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <returns>The longest P-DATA-TF PDU that the receiver takes.</returns>
    private async Task<int> AssociateAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        MemoryStream items = new();
        items.Write([0, 1, 0, 0]);
        items.Write(Encoding.ASCII.GetBytes(calledAeTitle.PadRight(16) + "SIDE-BY-SIDE".PadRight(16)));
        items.Write(new byte[32]);
        items.Write(Item(0x10, "1.2.840.10008.3.1.1.1"u8));
        for (int i = 0; i < _contexts.Length; i++)
        {
            items.Write(Item(0x20, [ContextId(i), 0, 0, 0, .. Item(0x30, Encoding.ASCII.GetBytes(_contexts[i].SopClass)),
                .. Item(0x40, Encoding.ASCII.GetBytes(_contexts[i].TransferSyntax))]));
        }

        byte[] maximum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(maximum, OwnMaximumLength);
        items.Write(Item(0x50, [.. Item(0x51, maximum), .. Item(0x52, "2.25.19"u8)]));
        await stream.WriteAsync(Pdu(1, items.ToArray()), cancellationToken);

        (byte type, byte[] answer) = await ReadPduAsync(stream, cancellationToken);
        return type == 2 ? ReadAccept(answer) : throw new InvalidDataException($"The receiver answered the association with PDU type {type}.");
    }

    private static int ReadAccept(byte[] answer)
    {
        int maximum = 0;
        for (int at = 68; at + 4 <= answer.Length; at += 4 + BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(at + 2)))
        {
            if (answer[at] == 0x21 && answer[at + 6] != 0)
                throw new InvalidDataException($"The receiver refused presentation context {answer[at + 4]}.");
            if (answer[at] == 0x50 && answer[at + 4] == 0x51)
                maximum = BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(at + 8));
        }

        return maximum is 0 or > MaximumPreparedLength ? MaximumPreparedLength : maximum;
    }

    private static async Task ReleaseAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Pdu(5, new byte[4]), cancellationToken);
        await ReadPduAsync(stream, cancellationToken);
    }

    private byte[] Prepare(PreparedInstance instance, ushort messageId, int maximum)
    {
        byte context = ContextId(Array.IndexOf(_contexts, (instance.SopClassUid, instance.TransferSyntaxUid)));
        MemoryStream message = new();
        message.Write(Pdu(4, Pdv(context, Command | LastFragment, CommandSet(instance, messageId))));
        int room = maximum - 6;
        for (int at = 0; at < instance.DataSet.Length; at += room)
        {
            bool isLast = at + room >= instance.DataSet.Length;
            ReadOnlySpan<byte> part = instance.DataSet.Span[at..(isLast ? instance.DataSet.Length : at + room)];
            message.Write(Pdu(4, Pdv(context, isLast ? LastFragment : (byte)0, part)));
        }

        return message.ToArray();
    }

    // C-STORE-RQ, PS3.7 9.3.1.1, Implicit VR Little Endian.
    private static byte[] CommandSet(PreparedInstance instance, ushort messageId)
    {
        byte[] elements =
        [
            .. Element(0x0002, Encoding.ASCII.GetBytes(instance.SopClassUid)),
            .. Element(0x0100, [1, 0]),
            .. Element(0x0110, [(byte)messageId, (byte)(messageId >> 8)]),
            .. Element(0x0700, [0, 0]),
            .. Element(0x0800, [1, 0]),
            .. Element(0x1000, Encoding.ASCII.GetBytes(instance.SopInstanceUid)),
        ];
        return [.. Element(0, BitConverter.GetBytes(elements.Length)), .. elements];
    }

    private static int Status(byte[] pData)
    {
        for (int at = 6; at + 8 <= pData.Length; at += 8 + BinaryPrimitives.ReadInt32LittleEndian(pData.AsSpan(at + 4)))
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(pData.AsSpan(at)) == 0x0900_0000)
                return BinaryPrimitives.ReadUInt16LittleEndian(pData.AsSpan(at + 8));
        }

        return -1;
    }

    private static byte[] Element(ushort element, ReadOnlySpan<byte> value)
    {
        byte[] encoded = new byte[8 + value.Length + value.Length % 2];
        BinaryPrimitives.WriteUInt16LittleEndian(encoded.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(encoded.AsSpan(4), encoded.Length - 8);
        value.CopyTo(encoded.AsSpan(8));
        return encoded;
    }

    private static byte[] Item(byte type, ReadOnlySpan<byte> content)
    {
        byte[] item = [type, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content];
        return item;
    }

    private static byte[] Pdv(byte context, byte control, ReadOnlySpan<byte> fragment)
    {
        byte[] pdv = new byte[6 + fragment.Length];
        BinaryPrimitives.WriteInt32BigEndian(pdv, fragment.Length + 2);
        pdv[4] = context;
        pdv[5] = control;
        fragment.CopyTo(pdv.AsSpan(6));
        return pdv;
    }

    private static byte[] Pdu(byte type, ReadOnlySpan<byte> content)
    {
        byte[] pdu = new byte[6 + content.Length];
        pdu[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(pdu.AsSpan(2), content.Length);
        content.CopyTo(pdu.AsSpan(6));
        return pdu;
    }

    private static async Task<(byte Type, byte[] Body)> ReadPduAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] header = new byte[6];
        await stream.ReadExactlyAsync(header, cancellationToken);
        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(2))];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return (header[0], body);
    }

    private static byte ContextId(int index) => (byte)(2 * index + 1);
}
