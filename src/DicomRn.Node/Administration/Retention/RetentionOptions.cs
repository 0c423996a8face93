using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Retention;

/// <summary>
/// What is deleted by itself, and when: the section <c>Retention</c>. Nothing by default: a deletion cannot be taken back, and only
/// the site knows that its archive has the originals.
/// </summary>
public sealed class RetentionOptions : IValidatedSettings
{
    /// <summary>Studies that are Delivered or NothingToDo are deleted after this long. Default: never.</summary>
    public TimeSpan? KeepFinished { get; set; }

    /// <summary>Studies that are NeedsAttention or FailedDelivery are deleted after this long. Default: never.</summary>
    public TimeSpan? KeepUnfinished { get; set; }

    /// <summary>Files of the quarantine are deleted after this long. Default: never.</summary>
    public TimeSpan? KeepQuarantine { get; set; }

    /// <summary>
    /// When studies and results take more bytes than this, finished studies (Delivered, NothingToDo) are deleted, the oldest first,
    /// until they do not. Default: any size.
    /// </summary>
    public long? MaximumSize { get; set; }

    /// <summary>How often the node looks. Default 15 min.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether anything is ever deleted.</summary>
    internal bool IsOn => KeepFinished is not null || KeepUnfinished is not null || KeepQuarantine is not null || MaximumSize is not null;

    /// <summary>What is deleted when, in a sentence.</summary>
    internal string Describe()
    {
        if (!IsOn)
            return "nothing is ever deleted: watch the space";
        List<string> rules = [];
        Add(KeepFinished, "finished studies");
        Add(KeepUnfinished, "studies that wait for a person");
        Add(KeepQuarantine, "files of the quarantine");
        if (MaximumSize is { } size)
            rules.Add($"finished studies beyond {size} bytes");
        return "deleted are " + string.Join(", ", rules);

        void Add(TimeSpan? time, string what)
        {
            if (time is { } span)
                rules.Add($"{what} after {span}");
        }
    }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        Check(errors, nameof(KeepFinished), KeepFinished);
        Check(errors, nameof(KeepUnfinished), KeepUnfinished);
        Check(errors, nameof(KeepQuarantine), KeepQuarantine);
        if (MaximumSize is { } size)
            errors.RequireRange(nameof(MaximumSize), size, 1L << 20, long.MaxValue);
        errors.RequireRange(nameof(Interval), Interval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    private static void Check(SettingErrors errors, string setting, TimeSpan? time)
    {
        if (time is { } span)
            errors.RequireRange(setting, span, TimeSpan.FromMinutes(1), TimeSpan.FromDays(36_500));
    }
}
