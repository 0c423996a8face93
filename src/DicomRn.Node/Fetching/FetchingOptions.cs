using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.State;

namespace DicomRn.Node.Fetching;

/// <summary>
/// How what a study lacks is fetched, from other studies of the patient in the node's own store and from the peers with
/// <c>Fetch</c>: the section <c>Fetching</c>.
/// </summary>
public sealed class FetchingOptions : IValidatedSettings
{
    /// <summary>Whether other studies of the patient that were sent to the node are looked at. Default true.</summary>
    public bool OwnStore { get; set; } = true;

    /// <summary>Whether earlier reports, segmentations and registrations of this program are looked for. Default true.</summary>
    public bool EarlierResults { get; set; } = true;

    /// <summary>
    /// Whether the images that the latest earlier report measured are fetched, too, where no registration leads to their frame of reference:
    /// lesions are recognised by registering them. Default true.
    /// </summary>
    public bool EarlierImages { get; set; } = true;

    /// <summary>Studies of peers that are older than this before today are not asked for. Default 5 years.</summary>
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(1826);

    /// <summary>How many studies of a patient are asked for at most, the latest first. Default 50.</summary>
    public int MaximumStudies { get; set; } = 50;

    /// <summary>How many instances are fetched for a study at most. Default 5000.</summary>
    public int MaximumInstances { get; set; } = 5_000;

    /// <summary>How many bytes are fetched for a study at most. Default 4 GiB.</summary>
    public long MaximumBytes { get; set; } = 4L << 30;

    /// <summary>How long asking one peer for one study, and fetching what it has, may take. Default 10 min.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a study that has no answer otherwise waits for a peer that does not answer, before it is reported without. It is asked
    /// for again after that. Default 10 min.
    /// </summary>
    public TimeSpan WaitForPeers { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The wait before a peer that did not answer is asked again, doubled with each further time, jittered. Default 30 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest of these waits. Default 1 h.</summary>
    public TimeSpan MaximumRetryDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After so many failures in a row a peer is left alone for <see cref="BreakDuration"/>. Default 5.</summary>
    public int BreakAfterFailures { get; set; } = 5;

    /// <summary>How long a peer that keeps failing is left alone. Default 1 min.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After this long it is asked again for what nobody had. Default 6 h.</summary>
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>For how long that is done. Default 14 days.</summary>
    public TimeSpan AskAgainFor { get; set; } = TimeSpan.FromDays(14);

    /// <summary>For how many studies at once others are asked. Default 2.</summary>
    public int StudiesAtOnce { get; set; } = 2;

    /// <summary>The AE title to which peers with <c>Fetch: Move</c> send, as they know it. Default: none.</summary>
    public string? MoveAeTitle { get; set; }

    /// <summary>The port for it, open only while a C-MOVE runs. Default: none.</summary>
    public int? MovePort { get; set; }

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(LookBack), LookBack, TimeSpan.FromDays(1), TimeSpan.FromDays(36_500));
        errors.RequireRange(nameof(MaximumStudies), MaximumStudies, 1, 1_000);
        errors.RequireRange(nameof(MaximumInstances), MaximumInstances, 1, 1_000_000);
        errors.RequireRange(nameof(MaximumBytes), MaximumBytes, 1L << 20, long.MaxValue);
        errors.RequireRange(nameof(AttemptTimeout), AttemptTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(WaitForPeers), WaitForPeers, TimeSpan.Zero, TimeSpan.FromDays(7));
        errors.RequireRange(nameof(RetryDelay), RetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(MaximumRetryDelay), MaximumRetryDelay, TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(7));
        if (MaximumRetryDelay < RetryDelay)
            errors.Add(nameof(MaximumRetryDelay), MaximumRetryDelay, "shorter than RetryDelay", $"at least {RetryDelay}");
        errors.RequireRange(nameof(BreakAfterFailures), BreakAfterFailures, 2, 1_000);
        errors.RequireRange(nameof(BreakDuration), BreakDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromDays(1));
        errors.RequireRange(nameof(AskAgainAfter), AskAgainAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(30));
        errors.RequireRange(nameof(AskAgainFor), AskAgainFor, TimeSpan.Zero, TimeSpan.FromDays(365));
        errors.RequireRange(nameof(StudiesAtOnce), StudiesAtOnce, 1, 64);
        if (MoveAeTitle is not null)
            errors.RequireAeTitle(nameof(MoveAeTitle), MoveAeTitle);
        if (MovePort is { } port)
            errors.RequireRange(nameof(MovePort), port, 1, 65535);
    }

    /// <summary>What depends on the node's own settings.</summary>
    internal void Validate(NodeOptions node, SettingErrors errors)
    {
        if (!node.Peers.Values.Any(peer => peer.Fetch == PeerFetch.Move))
            return;
        if (MoveAeTitle is null)
            errors.Add(nameof(MoveAeTitle), null, "missing, and a peer has Fetch = Move", "the AE title under which it knows this machine and MovePort");
        if (MovePort is null)
            errors.Add(nameof(MovePort), null, "missing, and a peer has Fetch = Move", "1 to 65535");
        else if (MovePort == node.Port || MovePort == node.Tls.Port)
            errors.Add(nameof(MovePort), MovePort, "the node receives studies there", "a port of its own");
    }

    /// <summary>The terms of the state store.</summary>
    internal FetchTerms Terms(NodeOptions node) => new(
        node.Peers.Values.Any(peer => peer.Fetch != PeerFetch.None), OwnStore, EarlierResults, WaitForPeers, AskAgainAfter, AskAgainFor);
}
