using DicomRn.Node.State;

namespace DicomRn.Node.Delivery;

/// <summary>How sending one result ended.</summary>
/// <param name="Delivery">Its row in the outbox.</param>
/// <param name="Status">What that means.</param>
/// <param name="Code">The C-STORE status; null where none came.</param>
/// <param name="Remark">Why it was not accepted, or what was warned of.</param>
internal sealed record SendOutcome(DueDelivery Delivery, DeliveryStatus Status, int? Code, string? Remark);
