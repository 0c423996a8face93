using System.Net.Sockets;

namespace DicomRn.TestSupport;

/// <summary>
/// Peers that break the protocol, each a script over a real socket. A script ends when the server has ended the connection, or when
/// the peer has gone in its own way.
/// </summary>
internal static class RudePeers
{
    private static readonly Dictionary<string, Func<NetworkStream, CancellationToken, Task>> Scripts = new()
    {
        ["HTTP request"] = Says("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray()),
        ["SSH banner"] = Says("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray()),
        ["TLS hello on a plain port"] = Says([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, .. new byte[500]]),
        ["One byte and gone"] = Leaves([1]),
        ["Half a PDU header and gone"] = Leaves([1, 0, 0]),
        ["Nothing and gone"] = Leaves([]),
        ["Association request of 4 GB"] = Says([1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 1]),
        ["Association request that ends inside an item"] = Says(RawDicom.Pdu(1, RawDicom.AssociateRq()[6..100])),
        ["Association request whose item points outside"] = Says(Changed(RawDicom.AssociateRq(), 6 + 68 + 2, 0xFF)),
        ["Association request with an even context ID"] =
            Says(RawDicom.AssociateRq(RawDicom.Context(2, RawDicom.MrImageStorage, RawDicom.ExplicitLittleEndian))),
        ["Association request without transfer syntaxes"] = Says(RawDicom.AssociateRq(RawDicom.Context(1, RawDicom.MrImageStorage))),
        ["Association request with a user sub-item that points outside"] =
            Says(RawDicom.AssociateRq(user: [0x58, 0, 0, 6, 2, 0, 0xFF, 0xFF, 1, 2])),
        ["Data before an association"] = Says(RawDicom.Store("1.2.3")),
        ["Release before an association"] = Says(RawDicom.ReleaseRq()),
        ["Abort before an association"] = Says(RawDicom.Abort()),
        ["Data after a rejection"] = Says([.. RawDicom.AssociateRq(application: "1.2.3"), .. RawDicom.Store("1.2.3")]),
        ["Second association request"] = Associated(RawDicom.AssociateRq()),
        ["Unknown PDU type"] = Associated(RawDicom.Pdu(0x2A, new byte[8])),
        ["PDU of 4 GB"] = Associated([4, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 9, 1, 3]),
        ["PDU longer than announced"] = Associated([4, 0, .. RawDicom.Big32((256 * 1024) + 1), 0, 0, 0, 9, 1, 3]),
        ["Context that was not proposed"] = Associated(RawDicom.Data(9, true, true, RawDicom.StoreCommand("1.2.3"))),
        ["Context that was refused"] = Associated(RawDicom.Data(5, true, true, RawDicom.StoreCommand("1.2.3"))),
        ["Context changed inside a message"] =
            Associated([.. RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.3")), .. RawDicom.Data(3, false, true, new byte[10])]),
        ["Fragment that ends outside its PDU"] = Associated(RawDicom.Pdu(4, [0, 0, 1, 0, 1, 3, 0, 0])),
        ["Fragment without its header"] = Associated(RawDicom.Pdu(4, [0, 0, 0, 1, 1])),
        ["Fragment of length 0"] = Associated(RawDicom.Pdu(4, [0, 0, 0, 0, 1, 3])),
        ["Data set without a command set"] = Associated(RawDicom.Data(1, false, true, RawDicom.Dataset("1.2.3"))),
        ["Command set without its data set, and another"] = Associated(
        [
            .. RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.3")), .. RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.4")),
        ]),
        ["Command set without its data set, and release"] =
            Associated([.. RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.3")), .. RawDicom.ReleaseRq()]),
        ["Command set that is cut off"] = Associated(RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.3")[..^5])),
        ["Command set without a command field"] =
            Associated(RawDicom.Data(1, true, true, RawDicom.CommandSet(RawDicom.Element(0x0110, [1, 0])))),
        ["Command set with an element of 4 GB"] =
            Associated(RawDicom.Data(1, true, true, [0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF])),
        ["Command set of a megabyte"] =
            Associated([.. Enumerable.Repeat(RawDicom.Data(1, true, false, new byte[16000]), 64).SelectMany(pdu => pdu)]),
        ["Response that nobody asked for"] = Associated(RawDicom.Data(3, true, true, RawDicom.CommandSet(
            [.. RawDicom.Element(0x0100, [0x30, 0x80]), .. RawDicom.Element(0x0120, [1, 0]), .. RawDicom.Element(0x0900, [0, 0])]))),
        ["Empty fragments without end"] = Associated(
            [.. Enumerable.Repeat(RawDicom.Data(1, true, false, []), 1000).SelectMany(pdu => pdu)]),
        ["Empty fragments of a data set without end"] = Associated(
        [
            .. RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.3")),
            .. Enumerable.Repeat(RawDicom.Data(1, false, false, []), 1000).SelectMany(pdu => pdu),
        ]),
        ["Release response that nobody asked for"] = Associated(RawDicom.Pdu(6, new byte[4])),
        ["Data after a release request"] = Associated([.. RawDicom.ReleaseRq(), .. RawDicom.Store("1.2.3")]),
        ["Data after an abort"] = Associated([.. RawDicom.Abort(), .. RawDicom.Store("1.2.3")]),
        ["Abort inside a data set"] =
            Associated(
                RawDicom.Data(1, true, true, RawDicom.StoreCommand("1.2.3")), RawDicom.Data(1, false, false, new byte[4000]), RawDicom.Abort()),
        ["Connection closed inside a data set"] = AssociatedAndLeaves(RawDicom.Store("1.2.3", 300_000)[..200_000], reset: false),
        ["Connection reset inside a data set"] = AssociatedAndLeaves(RawDicom.Store("1.2.3", 300_000)[..200_000], reset: true),
        ["128 contexts of 60 transfer syntaxes, and release"] = Says(
        [
            .. RawDicom.AssociateRq(
                [.. Enumerable.Range(0, 128).SelectMany(i => RawDicom.Context((byte)((2 * i) + 1), $"1.2.3.{i}", [.. Enumerable.Range(0, 60).Select(j => $"1.2.4.{j}")]))]),
            .. RawDicom.ReleaseRq(),
        ]),
    };

    /// <summary>The names of all of them.</summary>
    public static IEnumerable<string> Names => Scripts.Keys;

    /// <summary>Lets one have its way with the server on a port of this machine.</summary>
    public static async Task CallAsync(string name, int port, CancellationToken cancellationToken)
    {
        using TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, cancellationToken);
        await Scripts[name](client.GetStream(), cancellationToken);
    }

    /// <summary>Says something and waits until the server has ended the connection.</summary>
    private static Func<NetworkStream, CancellationToken, Task> Says(byte[] bytes) => async (stream, cancellationToken) =>
    {
        await TrySendAsync(stream, bytes, cancellationToken);
        await DrainAsync(stream, cancellationToken);
    };

    private static Func<NetworkStream, CancellationToken, Task> Leaves(byte[] bytes) => (stream, cancellationToken) =>
        TrySendAsync(stream, bytes, cancellationToken);

    /// <summary>Has an association accepted, says things, and waits until the server has ended the connection.</summary>
    private static Func<NetworkStream, CancellationToken, Task> Associated(params byte[][] parts) => async (stream, cancellationToken) =>
    {
        await AssociateAsync(stream, cancellationToken);
        foreach (byte[] part in parts)
            await TrySendAsync(stream, part, cancellationToken);
        await DrainAsync(stream, cancellationToken);
    };

    private static Func<NetworkStream, CancellationToken, Task> AssociatedAndLeaves(byte[] bytes, bool reset) => async (stream, cancellationToken) =>
    {
        await AssociateAsync(stream, cancellationToken);
        await TrySendAsync(stream, bytes, cancellationToken);
        if (reset)
            stream.Socket.LingerState = new LingerOption(true, 0);
    };

    private static async Task AssociateAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(
            RawDicom.AssociateRq(
            [
                .. RawDicom.Context(1, RawDicom.MrImageStorage, RawDicom.ExplicitLittleEndian),
                .. RawDicom.Context(3, RawDicom.Verification, RawDicom.ImplicitLittleEndian),
                .. RawDicom.Context(5, "1.2.3.4.5", RawDicom.ImplicitLittleEndian),
            ]),
            cancellationToken);
        byte[] header = new byte[6];
        await stream.ReadExactlyAsync(header, cancellationToken);
        if (header[0] != 2)
            throw new InvalidOperationException($"The association was not accepted: PDU type {header[0]}.");
        await stream.ReadExactlyAsync(new byte[(header[4] << 8) | header[5]], cancellationToken);
    }

    private static async Task TrySendAsync(NetworkStream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException)
        {
            // The server had enough before everything was said.
        }
    }

    private static async Task DrainAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            byte[] buffer = new byte[4096];
            while (await stream.ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset is an end too.
        }
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        bytes[at] = value;
        return bytes;
    }
}
