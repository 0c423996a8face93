using System.Collections.Frozen;
using DicomRn.Node.State;
using Microsoft.EntityFrameworkCore;

namespace DicomRn.Node.Receiving;

/// <summary>Recognises our own results when a PACS sends them back: they are kept, but they are no reason to run again.</summary>
internal sealed class OwnResults(StateStore state)
{
    private static readonly FrozenSet<string> ImageAndPlanClasses = FrozenSet.ToFrozenSet(
    [
        "1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.4.4",
        "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.481.2", "1.2.840.10008.5.1.4.1.1.481.3",
        "1.2.840.10008.5.1.4.1.1.481.5",
    ]);

    /// <summary>Whether an instance is one of ours: by its UIDs, or by its equipment where the store has forgotten it.</summary>
    public async ValueTask<bool> IncludeAsync(InstanceIdentity identity)
    {
        if (ImageAndPlanClasses.Contains(identity.SopClassUid))
            return false;
        return identity.IsOurWork || await state.ReadAsync(db => db.Results.AnyAsync(
            r => r.SopInstanceUid == identity.SopInstanceUid || r.SeriesInstanceUid == identity.SeriesInstanceUid));
    }
}
