using System.Net.Sockets;
using CsCheck;
using DicomRn.Dicom.Network;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>The connection ends at any byte of a C-STORE exchange: an instance is either whole or not there.</summary>
public sealed class CutOffTests : IDisposable
{
    private const string Uid = "1.2.826.0.1.7";

    private static readonly byte[][] Exchange =
    [
        RawDicom.AssociateRq(),
        RawDicom.Data(1, true, true, RawDicom.StoreCommand(Uid)),
        .. RawDicom.Dataset(Uid, 20_000).Chunk(4000).Select((fragment, i) => RawDicom.Data(1, false, i == 5, fragment)),
        RawDicom.ReleaseRq(),
    ];

    private static readonly byte[] Bytes = [.. Exchange.SelectMany(pdu => pdu)];
    private static readonly int Complete = Bytes.Length - Exchange[^1].Length;

    private readonly TemporaryFolder _received = new();

    /// <summary>How the peer goes.</summary>
    public enum Ending
    {
        Close,
        Reset,
        Abort,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Around_the_end_of_every_PDU()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, maximumClients: 1);
        int end = 0;
        foreach (byte[] pdu in Exchange)
        {
            end += pdu.Length;
            foreach (int cut in new[] { end - 1, end, Math.Min(end + 1, Bytes.Length), Math.Min(end + 7, Bytes.Length) })
                foreach (Ending ending in Enum.GetValues<Ending>())
                    await AssertWholeOrNotThereAsync(server, cut, ending);
        }

        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    [Fact]
    public async Task Anywhere()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path }, maximumClients: 1);
        await Gen.Select(Gen.Int[0, Bytes.Length], Gen.Enum<Ending>()).SampleAsync(
            (cut, ending) => AssertWholeOrNotThereAsync(server, cut, ending), iter: 150, threads: 1);
        Assert.Equal(DicomStatus.Success, await server.EchoAsync(Token));
    }

    private static int EndOfPduBefore(int cut)
    {
        int end = 0;
        foreach (byte[] pdu in Exchange)
        {
            if (end + pdu.Length > cut)
                break;
            end += pdu.Length;
        }

        return end;
    }

    private async Task AssertWholeOrNotThereAsync(TestServer server, int cut, Ending ending)
    {
        // Inside a PDU an abort would be part of it.
        if (ending == Ending.Abort)
            cut = EndOfPduBefore(cut);
        using (TcpClient client = new() { NoDelay = true })
        {
            await client.ConnectAsync("127.0.0.1", server.Port, Token);
            await client.GetStream().WriteAsync(Bytes.AsMemory(0, cut), Token);
            if (ending == Ending.Abort)
                await client.GetStream().WriteAsync(RawDicom.Abort(), Token);
            else if (ending == Ending.Reset)
                client.LingerState = new LingerOption(true, 0);
        }

        await server.Events.NextAsync("closed", Token);
        string path = _received[$"{Uid}.dcm"];
        if (File.Exists(path))
        {
            Assert.True(cut >= Complete, $"a file after {cut} of {Complete} bytes");
            Assert.Equal(RawDicom.Dataset(Uid, 20_000), StoreTests.Dataset(await File.ReadAllBytesAsync(path, Token)));
            File.Delete(path);
        }
        else
        {
            // A reset may throw away what the server has not read yet.
            Assert.True(cut < Complete || ending == Ending.Reset, $"no file after {cut} of {Complete} bytes, {ending}");
        }

        Assert.Empty(Directory.GetFiles(_received.Path));
    }
}
