using DicomRn.Dicom.Network.Dimse;

namespace DicomRn.Dicom.Network;

/// <summary>A request with a priority: C-STORE, C-FIND, C-GET, C-MOVE.</summary>
public abstract class DicomPriorityRequest : DicomRequest
{
    /// <summary>A received request.</summary>
    protected DicomPriorityRequest(DicomDataset command)
        : base(command)
    {
    }

    private protected DicomPriorityRequest(StoreCommand received)
        : base(received)
    {
    }

    /// <summary>A request to send.</summary>
    protected DicomPriorityRequest(DicomCommandField type, DicomUID requestedClassUid, DicomPriority priority)
        : base(type, requestedClassUid)
    {
        Priority = priority;
    }

    /// <summary>Priority (0000,0700).</summary>
    public DicomPriority Priority
    {
        get => (DicomPriority)Command.GetSingleValueOrDefault(DicomTag.Priority, (ushort)DicomPriority.Medium);
        protected set => Command.AddOrUpdate(DicomTag.Priority, (ushort)value);
    }
}
