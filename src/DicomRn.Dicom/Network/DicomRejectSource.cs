namespace DicomRn.Dicom.Network;

/// <summary>Who rejects an association (PS3.8 9.3.4, source).</summary>
public enum DicomRejectSource
{
    /// <summary>The service user: the application.</summary>
    ServiceUser = 1,

    /// <summary>The service provider, ACSE related function.</summary>
    ServiceProviderACSE = 2,

    /// <summary>The service provider, presentation related function.</summary>
    ServiceProviderPresentation = 3,
}
