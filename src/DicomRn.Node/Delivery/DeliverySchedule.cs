namespace DicomRn.Node.Delivery;

/// <summary>The hours of a route, in the local time of a zone, whatever its clocks are set to.</summary>
/// <param name="from">When a window opens.</param>
/// <param name="to">When it closes: on the same day if that is later, else on the next.</param>
/// <param name="days">Days on which a window opens; none for all.</param>
/// <param name="zone">Whose time that is.</param>
internal sealed class DeliverySchedule(TimeOnly from, TimeOnly to, IReadOnlyCollection<DayOfWeek> days, TimeZoneInfo zone)
{
    // A week, a window that opened the day before, and one that a change of clocks leaves nothing of.
    private const int DaysAhead = 15;

    /// <summary>When a window is open next: the time itself where one is.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset time)
    {
        DateOnly today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
        for (int day = -1; day <= DaysAhead; day++)
        {
            DateOnly date = today.AddDays(day);
            if (days.Count > 0 && !days.Contains(date.DayOfWeek))
                continue;
            DateTimeOffset opens = Instant(date.ToDateTime(from), isLast: false);
            DateTimeOffset closes = Instant((to > from ? date : date.AddDays(1)).ToDateTime(to), isLast: true);
            if (closes > time && closes > opens)
                return opens > time ? opens : time;
        }

        throw new InvalidOperationException("A schedule without a window.");
    }

    /// <summary>
    /// The moment at which clocks show a time. One that they skip is the moment of the change; of one that they show twice
    /// the first, or the last.
    /// </summary>
    private DateTimeOffset Instant(DateTime local, bool isLast)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        TimeSpan offset = zone.GetUtcOffset(local);
        if (zone.IsAmbiguousTime(local))
            offset = isLast ? zone.GetAmbiguousTimeOffsets(local).Min() : zone.GetAmbiguousTimeOffsets(local).Max();
        return new DateTimeOffset(local, offset);
    }
}
