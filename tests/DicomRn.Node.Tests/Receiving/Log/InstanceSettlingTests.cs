using DicomRn.Node.Receiving.Log;
using DicomRn.Node.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Receiving.Log;

public class InstanceSettlingTests
{
    private static readonly InstanceLogOptions Options = new() { SegmentSize = 64 * 1024, Segments = 2, SettleDelay = TimeSpan.Zero };

    private static readonly InstanceLogOptions Gathering = new()
    {
        SegmentSize = 64 * 1024,
        Segments = 2,
        SettleDelay = TimeSpan.FromSeconds(1),
        LongestSettleDelay = TimeSpan.FromSeconds(3),
    };

    [Fact]
    public async Task Settling_that_fails_is_told_and_tried_again_and_loses_nothing()
    {
        LogLines lines = new();
        FakeTimeProvider clock = new();
        WaitedOnTimeProvider waited = new(clock);
        MemorySettlement settlement = new() { FailsAfter = 1 };
        using InstanceLog log = InstanceLog.Open(new SimulatedDisk(new Random(1)), "", Options);
        using InstanceSettling settling = new(log, settlement, Options, waited, new Logger<InstanceSettling>(lines));
        await log.AppendAsync("1.1", [1]);
        await log.AppendAsync("1.2", [2]);
        await settling.StartAsync(TestContext.Current.CancellationToken);

        await lines.LineAsync("Error 1030", "The disk is full.");
        Assert.Equal(2, log.Count);
        Assert.NotNull(log.SettlingFailure);
        await waited.TimerOfAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        settlement.FailsAfter = null;
        clock.Advance(TimeSpan.FromSeconds(1));

        await log.SettledAsync();
        await lines.LineAsync("Information 1031");
        Assert.Equal([1], settlement.Stored["1.1"]);
        Assert.Equal([2], settlement.Stored["1.2"]);
        Assert.Null(log.SettlingFailure);
        await settling.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_in_the_log_is_settled_when_the_node_stops()
    {
        InstanceLogOptions slow = new() { SegmentSize = 64 * 1024, Segments = 2, SettleDelay = TimeSpan.FromSeconds(10) };
        MemorySettlement settlement = new();
        using InstanceLog log = InstanceLog.Open(new SimulatedDisk(new Random(1)), "", slow);
        using InstanceSettling settling = new(log, settlement, slow, new FakeTimeProvider(), new Logger<InstanceSettling>(new LogLines()));
        await settling.StartAsync(TestContext.Current.CancellationToken);
        await log.AppendAsync("1.1", [1]);

        await settling.StopAsync(TestContext.Current.CancellationToken);

        Assert.False(log.AreAny);
        Assert.Single(settlement.Stored);
    }

    [Fact]
    public async Task Instances_stay_in_the_log_while_more_of_them_come()
    {
        FakeTimeProvider clock = new();
        WaitedOnTimeProvider waited = new(clock);
        using InstanceLog log = InstanceLog.Open(new SimulatedDisk(new Random(1)), "", Gathering);
        using InstanceSettling settling = new(log, new MemorySettlement(), Gathering, waited, new Logger<InstanceSettling>(new LogLines()));
        await settling.StartAsync(TestContext.Current.CancellationToken);

        await log.AppendAsync("1.1", [1]);
        await waited.TimerOfAsync(Gathering.SettleDelay, TestContext.Current.CancellationToken);
        await log.AppendAsync("1.2", [2]);
        clock.Advance(Gathering.SettleDelay);
        await waited.TimerOfAsync(Gathering.SettleDelay, TestContext.Current.CancellationToken);

        Assert.Equal(2, log.Count);
        clock.Advance(Gathering.SettleDelay);
        await log.SettledAsync();
        await settling.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Instances_that_come_without_a_pause_are_settled_after_the_longest_delay()
    {
        FakeTimeProvider clock = new();
        WaitedOnTimeProvider waited = new(clock);
        MemorySettlement settlement = new();
        using InstanceLog log = InstanceLog.Open(new SimulatedDisk(new Random(1)), "", Gathering);
        using InstanceSettling settling = new(log, settlement, Gathering, waited, new Logger<InstanceSettling>(new LogLines()));
        await settling.StartAsync(TestContext.Current.CancellationToken);

        await log.AppendAsync("1.0", [0]);
        for (int second = 1; second <= 3; second++)
        {
            await waited.TimerOfAsync(Gathering.SettleDelay, TestContext.Current.CancellationToken);
            Assert.Empty(settlement.Stored);
            await log.AppendAsync($"1.{second}", [1]);
            clock.Advance(Gathering.SettleDelay);
        }

        await log.SettledAsync();
        await settling.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_log_that_is_half_full_is_not_waited_for()
    {
        using InstanceLog log = InstanceLog.Open(new SimulatedDisk(new Random(1)), "", Gathering);
        using InstanceSettling settling = new(log, new MemorySettlement(), Gathering, new FakeTimeProvider(), new Logger<InstanceSettling>(new LogLines()));
        using CancellationTokenSource prepared = new();
        Task preparing = log.PrepareAsync(_ => { }, prepared.Token);
        await log.AppendAsync("1.1", new byte[60_000]);
        await log.AppendAsync("1.2", new byte[60_000]);
        await prepared.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => preparing);

        await settling.StartAsync(TestContext.Current.CancellationToken);

        await log.SettledAsync();
        await settling.StopAsync(TestContext.Current.CancellationToken);
    }
}
