namespace DicomRn.Dicom.Network;

/// <summary>How a DICOM server behaves.</summary>
public class DicomServerOptions
{
    /// <summary>
    /// Associations at once; a request beyond them is rejected as transient, local limit exceeded (2/3/2). 0, the default, for
    /// no limit. Connections that have not asked for an association do not count: they cannot use up the places.
    /// </summary>
    public int MaxClientsAllowed { get; set; }

    /// <summary>A copy.</summary>
    public DicomServerOptions Clone() => (DicomServerOptions)MemberwiseClone();
}
