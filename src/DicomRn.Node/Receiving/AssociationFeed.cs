namespace DicomRn.Node.Receiving;

/// <summary>Tells whoever keeps account of them which associations have ended.</summary>
internal sealed class AssociationFeed
{
    /// <summary>An association has ended, or was rejected. Handlers are quick and do not throw.</summary>
    public event Action<AssociationAccount>? Ended;

    internal void Publish(AssociationAccount association) => Ended?.Invoke(association);
}
