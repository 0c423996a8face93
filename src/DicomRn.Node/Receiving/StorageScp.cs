using DicomRn.Node.Delivery;
using Microsoft.Extensions.Logging;

namespace DicomRn.Node.Receiving;

/// <summary>What every association of a storage SCP works with.</summary>
internal sealed record StorageScp(IAssociationPolicy Policy, IInstanceSink Sink, ILogger Logger)
{
    /// <summary>See <see cref="ReceivingOptions.OperationsAtOnce"/>.</summary>
    public int OperationsAtOnce { get; init; } = 1;

    /// <summary>Takes reports of storage commitment; null where none was ever asked for.</summary>
    public CommitmentReports? Reports { get; init; }
    /// <summary>Told how each association ended; null where nobody keeps account of them.</summary>
    public AssociationFeed? Associations { get; init; }

    /// <summary>The clock of the accounts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
