namespace DicomRn.Dicom.Network;

/// <summary>Query/Retrieve Level (0008,0052) of an identifier (PS3.4 C.3).</summary>
public enum DicomQueryRetrieveLevel
{
    /// <summary>PATIENT.</summary>
    Patient,

    /// <summary>STUDY.</summary>
    Study,

    /// <summary>SERIES.</summary>
    Series,

    /// <summary>IMAGE: composite instances of any kind.</summary>
    Image,

    /// <summary>The identifier has no level, as those of a worklist.</summary>
    NotApplicable = -1,
}
