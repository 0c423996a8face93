namespace DicomRn.Dicom.Network.Client;

/// <summary>How a client associates.</summary>
public class DicomClientOptions
{
    /// <summary>How long to wait for the connection and for the answer to the association request, in ms. Default 5000.</summary>
    public int AssociationRequestTimeoutInMs { get; set; } = 5000;

    /// <summary>How long to wait for the release response, in ms. Default 10000.</summary>
    public int AssociationReleaseTimeoutInMs { get; set; } = 10000;

    /// <summary>How long the association stays open for further requests once all are answered, in ms. Default 50.</summary>
    public int AssociationLingerTimeoutInMs { get; set; } = 50;

    /// <summary>Requests per association, after which a new one is opened; null, the default, for no limit.</summary>
    public int? MaximumNumberOfRequestsPerAssociation { get; set; }

    /// <summary>Association requests that may time out in a row before the client gives up. Default 3.</summary>
    public int MaximumNumberOfConsecutiveTimedOutAssociationRequests { get; set; } = 3;

    /// <summary>A copy.</summary>
    public DicomClientOptions Clone() => (DicomClientOptions)MemberwiseClone();
}
