using DicomRn.Node.Receiving;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DicomRn.Node.Tests.Receiving;

public class DiskReserveTests
{
    [Fact]
    public void Instances_are_refused_below_the_reserve_and_taken_again_above_it()
    {
        long free = 200;
        FakeTimeProvider clock = new();
        DiskReserve reserve = Reserve(() => free, clock, percent: 1, bytes: 100);
        reserve.Demand();

        free = 99;
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(DiskSpace.IsExhausted(Assert.Throws<IOException>(reserve.Demand)));

        free = 100;
        clock.Advance(TimeSpan.FromSeconds(1));
        reserve.Demand();
    }

    [Fact]
    public void The_larger_of_percent_and_bytes_counts()
    {
        DiskReserve reserve = Reserve(() => 150, new FakeTimeProvider(), percent: 20, bytes: 100);

        Assert.Throws<IOException>(reserve.Demand);
        Assert.True(reserve.IsTouchedNow());
    }

    [Fact]
    public void The_system_is_asked_once_a_second_at_most()
    {
        int asked = 0;
        FakeTimeProvider clock = new();
        DiskReserve reserve = Reserve(
            () =>
            {
                asked++;
                return 500;
            }, clock, percent: 1, bytes: 1);

        for (int i = 0; i < 10; i++)
            reserve.Demand();
        clock.Advance(TimeSpan.FromSeconds(1));
        reserve.Demand();

        Assert.Equal(2, asked);
    }

    private static DiskReserve Reserve(Func<long> free, TimeProvider clock, double percent, long bytes) => new(
        () => (free(), 1000), new DiskReserveOptions { Percent = percent, Bytes = bytes }, clock, NullLogger<DiskReserve>.Instance);
}
