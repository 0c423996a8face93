namespace DicomRn.Dicom.Serialization;

/// <summary>How DS, IS, SV and UV values are written to the DICOM JSON model (PS3.18 F.2.3).</summary>
public enum NumberSerializationMode
{
    /// <summary>As JSON numbers; a value that is none is an error.</summary>
    AsNumber = 0,

    /// <summary>As JSON strings, exactly as stored.</summary>
    AsString = 1,

    /// <summary>As JSON numbers where the value is one, as strings otherwise.</summary>
    PreferablyAsNumber = 2,
}
