namespace DicomRn.Dicom.Network;

/// <summary>Extended negotiation of the C-GET SOP classes (PS3.4 C.5.3.1).</summary>
public class DicomCGetApplicationInfo : DicomServiceApplicationInfo
{
    /// <summary>No relational retrieval.</summary>
    public DicomCGetApplicationInfo() => RelationalRetrieval = false;

    /// <summary>Fields as they come in the sub-item.</summary>
    public DicomCGetApplicationInfo(byte[] rawApplicationInfo)
        : base(rawApplicationInfo)
    {
    }

    /// <summary>Both fields.</summary>
    public DicomCGetApplicationInfo(DicomCGetOption options)
    {
        RelationalRetrieval = options.HasFlag(DicomCGetOption.RelationalRetrieval);
        EnhancedMultiFrameImageConversion = options.HasFlag(DicomCGetOption.EnhancedMultiFrameImageConversion);
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
