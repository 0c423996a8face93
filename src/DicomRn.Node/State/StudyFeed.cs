using System.Collections.Concurrent;

namespace DicomRn.Node.State;

/// <summary>Tells whoever listens what happens to studies, as it becomes durable.</summary>
public sealed class StudyFeed
{
    private readonly ConcurrentDictionary<StudySubscription, byte> _subscriptions = new();

    /// <summary>The same for the node's own services, on the writer's thread: handlers only wake somebody up.</summary>
    internal event Action<IReadOnlyList<StudyChanged>>? Published;

    /// <summary>Raised every while where other nodes may have left work: handlers only wake somebody up, to look.</summary>
    internal event Action? Awakened;

    /// <summary>Listens from now on, until the subscription is disposed.</summary>
    public StudySubscription Subscribe()
    {
        StudySubscription subscription = new(this);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    internal void Awaken() => Awakened?.Invoke();

    internal void Publish(IReadOnlyList<StudyChanged> changes)
    {
        if (changes.Count == 0)
            return;
        Published?.Invoke(changes);
        foreach (StudySubscription subscription in _subscriptions.Keys)
            foreach (StudyChanged change in changes)
                subscription.Offer(change);
    }

    internal void Remove(StudySubscription subscription) => _subscriptions.TryRemove(subscription, out _);
}
