using DicomRn.Node.Administration;

namespace DicomRn.Node.Delivery;

/// <summary>A peer that results are sent to.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="Call">How it is called.</param>
/// <param name="Commitment">What it has to say before a result counts as delivered to it.</param>
internal sealed record Destination(string Name, PeerCall Call, PeerCommitment Commitment);
