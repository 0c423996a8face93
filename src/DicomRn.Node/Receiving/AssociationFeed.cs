using System.Collections.Concurrent;

namespace DicomRn.Node.Receiving;

/// <summary>Tells whoever keeps account of them which associations have ended.</summary>
internal sealed class AssociationFeed
{
    private readonly ConcurrentDictionary<AssociationAccount, bool> _open = new(ReferenceEqualityComparer.Instance);

    /// <summary>When the oldest association began whose end is not told to all; null where there is none.</summary>
    public DateTimeOffset? OldestOpen => _open.Keys.Min(association => (DateTimeOffset?)association.StartedAt);

    /// <summary>An association has ended, or was rejected. Handlers are quick and do not throw.</summary>
    public event Action<AssociationAccount>? Ended;

    internal void Begin(AssociationAccount association) => _open[association] = true;

    internal void Publish(AssociationAccount association)
    {
        Ended?.Invoke(association);
        _open.TryRemove(association, out _);
    }
}
