using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Delivery;

/// <summary>How results are sent to the peers that receive them: the section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions : IValidatedSettings
{
    /// <summary>How long sending one study's results may take on one association. Default 2 min.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an attempt that failed for a passing reason is repeated at once, with back-off. Default 2.</summary>
    public int ImmediateRetries { get; set; } = 2;

    /// <summary>The wait before the first immediate repeat, doubled with each further one, jittered. Default 2 s.</summary>
    public TimeSpan ImmediateRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait before results go from the outbox again, doubled with each further failure, jittered. Default 1 min.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest of these waits. Default 1 h.</summary>
    public TimeSpan MaximumRetryDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After this long in the outbox a delivery has failed; its results are kept. Default 7 days.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(7);

    /// <summary>After so many failed attempts in a row a destination is left alone for <see cref="BreakDuration"/>. Default 5.</summary>
    public int BreakAfterFailures { get; set; } = 5;

    /// <summary>How long a destination that keeps failing is left alone. Default 1 min.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the association of a request for storage commitment is kept for the report, which may come over one of the
    /// destination's own as well. Default 5 s.
    /// </summary>
    public TimeSpan CommitmentLinger { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After this long without a report of a storage commitment C-FIND decides. Default 1 h.</summary>
    public TimeSpan CommitmentTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How often a destination that does not find by C-FIND what it has taken is asked for it before it is sent again; it may file
    /// with a delay. Default 5.
    /// </summary>
    public int QueryAttempts { get; set; } = 5;

    /// <summary>The wait before it is asked again, doubled with each further time, jittered. Default 10 s.</summary>
    public TimeSpan QueryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a result is sent again, or its commitment requested again, because a destination took it and does not have it. Default 3.</summary>
    public int MaximumResends { get; set; } = 3;

    /// <summary>Where results go, by a name of the site's choice. Default: without any route, every result to every peer with <c>ReceivesResults</c>.</summary>
    public Dictionary<string, RouteOptions> Routes { get; set; } = [];

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(AttemptTimeout), AttemptTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(ImmediateRetries), ImmediateRetries, 0, 100);
        errors.RequireRange(nameof(ImmediateRetryDelay), ImmediateRetryDelay, TimeSpan.Zero, TimeSpan.FromHours(1));
        errors.RequireRange(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(MaximumRetryDelay), MaximumRetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(7));
        if (MaximumRetryDelay < RetryDelay)
            errors.Add(nameof(MaximumRetryDelay), MaximumRetryDelay, "shorter than RetryDelay", $"at least {RetryDelay}");
        errors.RequireRange(nameof(GiveUpAfter), GiveUpAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        errors.RequireRange(nameof(BreakAfterFailures), BreakAfterFailures, 2, 1_000);
        errors.RequireRange(nameof(BreakDuration), BreakDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(CommitmentLinger), CommitmentLinger, TimeSpan.Zero, TimeSpan.FromHours(1));
        if (CommitmentLinger >= AttemptTimeout)
            errors.Add(nameof(CommitmentLinger), CommitmentLinger, "not shorter than AttemptTimeout", $"less than {AttemptTimeout}");
        errors.RequireRange(nameof(CommitmentTimeout), CommitmentTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        errors.RequireRange(nameof(QueryAttempts), QueryAttempts, 1, 100);
        errors.RequireRange(nameof(QueryDelay), QueryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(MaximumResends), MaximumResends, 0, 1_000);
    }
}
