namespace DicomRn.Dicom.Network;

/// <summary>Extended negotiation of the C-MOVE SOP classes (PS3.4 C.5.2.1).</summary>
public class DicomCMoveApplicationInfo : DicomServiceApplicationInfo
{
    /// <summary>No relational retrieval.</summary>
    public DicomCMoveApplicationInfo() => RelationalRetrieval = false;

    /// <summary>Fields as they come in the sub-item.</summary>
    public DicomCMoveApplicationInfo(byte[] rawApplicationInfo)
        : base(rawApplicationInfo)
    {
    }

    /// <summary>Both fields.</summary>
    public DicomCMoveApplicationInfo(DicomCMoveOption options)
    {
        RelationalRetrieval = options.HasFlag(DicomCMoveOption.RelationalRetrieval);
        EnhancedMultiFrameImageConversion = options.HasFlag(DicomCMoveOption.EnhancedMultiFrameImageConversion);
    }

    /// <summary>Field 1: retrieval without the unique keys of the levels above.</summary>
    public bool RelationalRetrieval
    {
        get => GetValueAsBoolean(1, false);
        set => AddOrUpdate(1, value);
    }

    /// <summary>Field 2: the Query/Retrieve View of enhanced multi-frame images.</summary>
    public bool EnhancedMultiFrameImageConversion
    {
        get => GetValueAsBoolean(2, false);
        set => AddOrUpdate(2, value);
    }
}
