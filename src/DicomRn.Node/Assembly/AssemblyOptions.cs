using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Assembly;

/// <summary>When a study is complete, and how often its processing is tried: the section <c>Assembly</c>.</summary>
public sealed class AssemblyOptions : IValidatedSettings
{
    /// <summary>A study is complete when no instance of it came for this long. Default 60 s.</summary>
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A study is complete this long after its first instance in any case. Default 30 min.</summary>
    public TimeSpan HardMaximum { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>After so many attempts at processing that ended in an error, a study needs attention. Default 3.</summary>
    public int MaximumAttempts { get; set; } = 3;

    /// <summary>The wait before the second attempt, doubled with each further one. Default 30 s.</summary>
    public TimeSpan AttemptDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(QuietPeriod), QuietPeriod, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(HardMaximum), HardMaximum, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(7));
        if (HardMaximum < QuietPeriod)
            errors.Add(nameof(HardMaximum), HardMaximum, "shorter than QuietPeriod", $"at least {QuietPeriod}");
        errors.RequireRange(nameof(MaximumAttempts), MaximumAttempts, 1, 100);
        errors.RequireRange(nameof(AttemptDelay), AttemptDelay, TimeSpan.Zero, TimeSpan.FromDays(1));
    }
}
