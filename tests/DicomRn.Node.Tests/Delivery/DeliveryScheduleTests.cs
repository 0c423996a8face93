using System.Globalization;
using CsCheck;
using DicomRn.Node.Delivery;

namespace DicomRn.Node.Tests.Delivery;

/// <summary>Hours of routes in a zone whose clocks change: 29 March 2026 from 2:00 to 3:00, 25 October 2026 from 3:00 to 2:00.</summary>
public class DeliveryScheduleTests
{
    [Theory]
    // Over midnight.
    [InlineData("18:00-06:00", "", "2026-03-02T17:59:00+01:00", "2026-03-02T18:00:00+01:00")]
    [InlineData("18:00-06:00", "", "2026-03-02T18:00:00+01:00", "2026-03-02T18:00:00+01:00")]
    [InlineData("18:00-06:00", "", "2026-03-03T05:59:59+01:00", "2026-03-03T05:59:59+01:00")]
    [InlineData("18:00-06:00", "", "2026-03-03T06:00:00+01:00", "2026-03-03T18:00:00+01:00")]
    // Within a day.
    [InlineData("12:00-13:30", "", "2026-03-02T13:30:00+01:00", "2026-03-03T12:00:00+01:00")]
    [InlineData("20:00-24:00", "Sunday", "2026-03-02T13:30:00+01:00", "2026-03-08T20:00:00+01:00")]
    // The day is the one on which the hours begin: Saturday's last until Sunday morning.
    [InlineData("18:00-06:00", "Saturday", "2026-03-08T05:00:00+01:00", "2026-03-08T05:00:00+01:00")]
    [InlineData("18:00-06:00", "Saturday", "2026-03-07T05:00:00+01:00", "2026-03-07T18:00:00+01:00")]
    [InlineData("18:00-06:00", "Saturday", "2026-03-08T06:00:00+01:00", "2026-03-14T18:00:00+01:00")]
    // Days without hours are whole.
    [InlineData(null, "Saturday,Sunday", "2026-03-06T23:59:00+01:00", "2026-03-07T00:00:00+01:00")]
    [InlineData(null, "Saturday,Sunday", "2026-03-08T23:59:00+01:00", "2026-03-08T23:59:00+01:00")]
    // A time that the clocks skip is when they are changed.
    [InlineData("02:30-06:00", "", "2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("22:00-02:30", "", "2026-03-29T01:59:00+01:00", "2026-03-29T01:59:00+01:00")]
    [InlineData("22:00-02:30", "", "2026-03-29T03:00:00+02:00", "2026-03-29T22:00:00+02:00")]
    // Hours that they skip altogether are no window.
    [InlineData("02:10-02:50", "", "2026-03-28T12:00:00+01:00", "2026-03-30T02:10:00+02:00")]
    // Of a time that they show twice a window opens at the first and closes at the last.
    [InlineData("02:30-06:00", "", "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+02:00")]
    [InlineData("22:00-02:30", "", "2026-10-25T02:29:00+01:00", "2026-10-25T02:29:00+01:00")]
    [InlineData("22:00-02:30", "", "2026-10-25T02:30:00+01:00", "2026-10-25T22:00:00+01:00")]
    // The clocks of the zone count, not the offset of the time asked for.
    [InlineData("18:00-06:00", "", "2026-07-01T15:59:00+00:00", "2026-07-01T18:00:00+02:00")]
    public void Window_opens(string? hours, string days, string time, string opens)
    {
        RouteOptions route = new()
        {
            Hours = hours,
            Days = [.. days.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<DayOfWeek>)],
            TimeZone = "Europe/Vienna",
        };

        Assert.Equal(Time(opens), route.ReadSchedule()!.NextOpening(Time(time)));
    }

    [Fact]
    public void Opening_is_never_before_the_time_and_is_its_own_next() => Gen
        .Select(Gen.Int[0, 1439], Gen.Int[0, 1439], Gen.Int[0, 527_040], Gen.Int[1, 127])
        .Where(at => at.Item1 != at.Item2)
        .Sample((from, to, minute, mask) =>
        {
            DeliverySchedule schedule = new(
                TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to),
                [.. Enum.GetValues<DayOfWeek>().Where(day => (mask >> (int)day & 1) != 0)], TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"));
            DateTimeOffset time = Time("2026-01-01T00:00:00+00:00").AddMinutes(minute);
            DateTimeOffset opening = schedule.NextOpening(time);
            return opening >= time && schedule.NextOpening(opening) == opening && opening - time <= TimeSpan.FromDays(15);
        });

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
