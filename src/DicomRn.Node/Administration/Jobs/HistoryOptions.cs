using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Administration.Jobs;

/// <summary>How long the history of studies, associations and attempts is kept: <c>Administration:History</c>.</summary>
public sealed class HistoryOptions : IValidatedSettings
{
    /// <summary>Lines older than this are deleted. Default 90 days.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Of each kind only so many lines are kept, the latest. Default 100,000.</summary>
    public int MaximumEntries { get; set; } = 100_000;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(KeepFor), KeepFor, TimeSpan.FromHours(1), TimeSpan.FromDays(36_500));
        errors.RequireRange(nameof(MaximumEntries), MaximumEntries, 100, 100_000_000);
    }
}
