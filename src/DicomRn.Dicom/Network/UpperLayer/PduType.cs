namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>The seven PDU types of the upper layer (PS3.8 9.3.1).</summary>
internal enum PduType : byte
{
    AAssociateRq = 0x01,
    AAssociateAc = 0x02,
    AAssociateRj = 0x03,
    PDataTf = 0x04,
    AReleaseRq = 0x05,
    AReleaseRp = 0x06,
    AAbort = 0x07,
}
