namespace DicomRn.Dicom.Network;

/// <summary>Who aborts an association (PS3.8 9.3.8, source).</summary>
public enum DicomAbortSource
{
    /// <summary>The service user: the application.</summary>
    ServiceUser = 0,

    /// <summary>A reserved value that some peers send.</summary>
    Unknown = 1,

    /// <summary>The service provider: the upper layer found the protocol broken.</summary>
    ServiceProvider = 2,
}
