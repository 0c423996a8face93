using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>Connects, associates, sends one C-ECHO and releases, from bytes made beforehand (PS3.8 9.3, PS3.7 9.3.5).</summary>
internal sealed class AssociationScript(IPEndPoint receiver)
{
    private const byte AssociateAccept = 2, Data = 4, ReleaseResponse = 6;

    private static readonly byte[] Request = Pdu(1, [0, 1, 0, 0, .. "ANY-SCP         SIDE-BY-SIDE    "u8, .. new byte[32],
        .. Item(0x10, "1.2.840.10008.3.1.1.1"),
        .. Item(0x20, [1, 0, 0, 0, .. Item(0x30, "1.2.840.10008.1.1"), .. Item(0x40, "1.2.840.10008.1.2")]),
        .. Item(0x50, [.. Item(0x51, [0, 0, 0x40, 0]), .. Item(0x52, "2.25.19")])]);

    private static readonly byte[] Echo = Pdu(4, Pdv(
        [.. Element(0, [56, 0, 0, 0]), .. Element(0x0002, "1.2.840.10008.1.1\0"u8), .. Element(0x0100, [0x30, 0]),
            .. Element(0x0110, [1, 0]), .. Element(0x0800, [1, 1])]));

    private static readonly byte[] Release = Pdu(5, new byte[4]);

    /// <summary>Does it so many times, one after the other.</summary>
    /// <exception cref="InvalidDataException">The receiver answered otherwise.</exception>
    public void Run(int times)
    {
        byte[] answer = new byte[4096];
        for (int i = 0; i < times; i++)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(receiver);
            Exchange(socket, Request, answer, AssociateAccept);
            Exchange(socket, Echo, answer, Data);
            Exchange(socket, Release, answer, ReleaseResponse);
        }
    }

    private static void Exchange(Socket socket, byte[] request, byte[] answer, byte expected)
    {
        socket.Send(request);
        int have = 0;
        while (have < 6 || have < 6 + BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(2)))
        {
            int read = socket.Receive(answer.AsSpan(have), SocketFlags.None);
            if (read == 0)
                throw new InvalidDataException("The receiver closed the connection.");
            have += read;
        }

        if (answer[0] != expected)
            throw new InvalidDataException($"The receiver answered with PDU type {answer[0]} instead of {expected}.");
    }

    private static byte[] Pdu(byte type, byte[] content)
    {
        byte[] header = new byte[6];
        header[0] = type;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(2), content.Length);
        return [.. header, .. content];
    }

    private static byte[] Pdv(byte[] command)
    {
        byte[] header = new byte[6];
        BinaryPrimitives.WriteInt32BigEndian(header, command.Length + 2);
        (header[4], header[5]) = (1, 3);
        return [.. header, .. command];
    }

    private static byte[] Element(ushort element, ReadOnlySpan<byte> value)
    {
        byte[] header = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), element);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), value.Length);
        return [.. header, .. value];
    }

    private static byte[] Item(byte type, string content) => Item(type, Encoding.ASCII.GetBytes(content));

    private static byte[] Item(byte type, byte[] content) => [type, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
