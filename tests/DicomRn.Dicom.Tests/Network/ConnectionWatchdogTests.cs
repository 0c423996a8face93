using DicomRn.Dicom.Network.UpperLayer;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>What ends a connection, and what it is said to have waited for.</summary>
public sealed class ConnectionWatchdogTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionWatchdog _watchdog;

    public ConnectionWatchdogTests() =>
        _watchdog = new ConnectionWatchdog(_time, TimeSpan.FromSeconds(30)) { PduTimeout = Minute, WriteTimeout = Minute };

    public void Dispose() => _watchdog.Dispose();

    [Fact]
    public async Task One_byte_a_second_is_no_progress()
    {
        _watchdog.Await("a message", 10 * Minute);
        DateTimeOffset begin = _time.GetUtcNow();
        using Trickle trickle = new([4, 0, 0, 0, 0x10, 0], _time);
        using PduReceiver receiver = new(trickle, _watchdog) { MaximumAssociationLength = 16384, MaximumDataLength = 16384 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiver.ReadAsync().AsTask());
        Assert.Equal("the rest of a PDU did not come within 60 s", _watchdog.Expired);
        Assert.Equal(TimeSpan.FromSeconds(61), _time.GetUtcNow() - begin);
    }

    [Fact]
    public void After_a_PDU_what_was_awaited_before_is_awaited_anew()
    {
        _watchdog.Await("a message", 2 * Minute);
        _watchdog.BeginPdu();
        Assert.Equal("the rest of a PDU", _watchdog.Awaited);
        _time.Advance(TimeSpan.FromSeconds(59));
        _watchdog.EndPdu();
        Assert.Equal("a message", _watchdog.Awaited);
        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.Null(_watchdog.Expired);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a message did not come within 120 s", _watchdog.Expired);
    }

    [Fact]
    public void What_is_awaited_from_within_a_PDU_on_stays_so_after_it()
    {
        _watchdog.Await("a message", 2 * Minute);
        _watchdog.BeginPdu();
        _watchdog.Await("the release response", Minute);
        _watchdog.EndPdu();
        Assert.Equal("the release response", _watchdog.Awaited);
    }

    [Fact]
    public void Peer_that_neither_takes_nor_sends_is_said_not_to_take()
    {
        _watchdog.Await("a message", Minute);
        _watchdog.BeginWrite();
        _time.Advance(Minute);
        Assert.Equal("the peer did not take what was sent to it within 60 s", _watchdog.Expired);
        Assert.True(_watchdog.Token.IsCancellationRequested);
    }

    /// <summary>Gives one byte a second without end: those given, then zeros.</summary>
    private sealed class Trickle(byte[] first, FakeTimeProvider time) : MemoryStream
    {
        private int _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            buffer.Span[0] = _read < first.Length ? first[_read] : (byte)0;
            _read++;
            return ValueTask.FromResult(1);
        }
    }
}
