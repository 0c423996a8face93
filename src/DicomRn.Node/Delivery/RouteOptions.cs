using System.Globalization;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;

namespace DicomRn.Node.Delivery;

/// <summary>
/// One rule of where results go: <c>Delivery:Routes:NAME</c>. A result goes to the destinations of every route that it matches,
/// to each once, as soon as the first of them lets it through.
/// </summary>
public sealed class RouteOptions : IValidatedSettings
{
    /// <summary>Names of peers of which one must have sent an instance of the study. Default: any sender.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>Kinds of results. Default: all.</summary>
    public IReadOnlyList<ResultKind> Results { get; set; } = [];

    /// <summary>Names of peers with <c>ReceivesResults</c>.</summary>
    public IReadOnlyList<string> Destinations { get; set; } = [];

    /// <summary>Only for studies that ended like this, <c>Answered</c> or <c>CannotAnswer</c>. Default: both.</summary>
    public StudyOutcome? OnlyWhen { get; set; }

    /// <summary>The hours in which sending may begin, as in <c>18:00-06:00</c>. Default: any.</summary>
    public string? Hours { get; set; }

    /// <summary>The days of the week on which these hours begin. Default: all.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; set; } = [];

    /// <summary>The time zone of hours and days, by its name in the system (<c>Europe/Vienna</c>). Default: the machine's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Whether it holds results back at some times.</summary>
    internal bool HasSchedule => Hours is not null || Days.Count > 0;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        if (Destinations.Count == 0)
            errors.Add(nameof(Destinations), null, "missing: the route leads nowhere", "names of peers with ReceivesResults");
        if (OnlyWhen == StudyOutcome.NothingToDo)
            errors.Add(nameof(OnlyWhen), OnlyWhen, "such a study has no results", $"{StudyOutcome.Answered} or {StudyOutcome.CannotAnswer}");
        if (OnlyWhen == StudyOutcome.CannotAnswer && Results.Count > 0 && !Results.Contains(ResultKind.SR))
            errors.Add(nameof(Results), string.Join(", ", Results), "a study that cannot be answered has a report only", $"{ResultKind.SR}, or another OnlyWhen");
        if (Hours is not null && !TryReadHours(Hours, out TimeOnly from, out TimeOnly to))
            errors.Add(nameof(Hours), Hours, "not hours", "from-to as in 18:00-06:00, two different times of day");
        if (Days.Distinct().Count() == 7 && Hours is null)
            errors.Add(nameof(Days), string.Join(", ", Days), "every day and all hours are no schedule", "fewer days, Hours, or neither");
        if (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            errors.Add(nameof(TimeZone), TimeZone, "this system has no such time zone", "the name of a time zone of the system, such as UTC or Europe/Vienna");
        if (TimeZone is not null && !HasSchedule)
            errors.Add(nameof(TimeZone), TimeZone, "without effect", "Hours or Days with it");
    }

    /// <summary>When it lets results through; null for always.</summary>
    internal DeliverySchedule? ReadSchedule()
    {
        if (!HasSchedule)
            return null;
        TimeOnly from = TimeOnly.MinValue, to = TimeOnly.MinValue;
        if (Hours is not null && !TryReadHours(Hours, out from, out to))
            throw new ArgumentException($"'{Hours}' are no hours.");
        return new DeliverySchedule(
            from, to, Days, TimeZone is null ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
    }

    private static bool TryReadHours(string text, out TimeOnly from, out TimeOnly to)
    {
        from = to = default;
        return text.Split('-', StringSplitOptions.TrimEntries) is [string begin, string end]
            && TimeOnly.TryParseExact(begin, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out from)
            && (TimeOnly.TryParseExact(end, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out to) || end == "24:00")
            && from != to;
    }
}
