namespace DicomRn.Dicom.Network;

/// <summary>Extended negotiation of the storage SOP classes (PS3.4 B.3.1).</summary>
public class DicomCStoreApplicationInfo : DicomServiceApplicationInfo
{
    /// <summary>The requestor is SCU only.</summary>
    public DicomCStoreApplicationInfo() => LevelOfSupport = DicomLevelOfSupport.NotApplicable;

    /// <summary>Fields as they come in the sub-item.</summary>
    public DicomCStoreApplicationInfo(byte[] rawApplicationInfo)
        : base(rawApplicationInfo)
    {
    }

    /// <summary>All fields.</summary>
    public DicomCStoreApplicationInfo(
        DicomLevelOfSupport levelOfSupport,
        DicomLevelOfDigitalSignatureSupport levelOfDigitalSignatureSupport,
        DicomElementCoercion elementCoercion)
    {
        LevelOfSupport = levelOfSupport;
        LevelOfDigitalSignatureSupport = levelOfDigitalSignatureSupport;
        ElementCoercion = elementCoercion;
    }

    /// <summary>Field 1: how much of an instance the SCP keeps.</summary>
    public DicomLevelOfSupport LevelOfSupport
    {
        get => (DicomLevelOfSupport)GetValueForEnum<DicomLevelOfSupport>(1, (byte)DicomLevelOfSupport.NotApplicable);
        set => AddOrUpdate(1, (byte)value);
    }

    /// <summary>Field 3: what the SCP does with digital signatures.</summary>
    public DicomLevelOfDigitalSignatureSupport LevelOfDigitalSignatureSupport
    {
        get => (DicomLevelOfDigitalSignatureSupport)GetValueForEnum<DicomLevelOfDigitalSignatureSupport>(
            3, (byte)DicomLevelOfDigitalSignatureSupport.Unspecified);
        set => AddOrUpdate(3, (byte)value);
    }

    /// <summary>Field 5: whether the SCP may change elements.</summary>
    public DicomElementCoercion ElementCoercion
    {
        get => (DicomElementCoercion)GetValueForEnum<DicomElementCoercion>(5, (byte)DicomElementCoercion.NotApplicable);
        set => AddOrUpdate(5, (byte)value);
    }
}
