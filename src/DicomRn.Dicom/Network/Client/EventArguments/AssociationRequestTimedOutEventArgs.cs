namespace DicomRn.Dicom.Network.Client.EventArguments;

/// <summary>An association request was not answered in time.</summary>
public class AssociationRequestTimedOutEventArgs : EventArgs
{
    /// <summary>A time-out.</summary>
    public AssociationRequestTimedOutEventArgs(int timeoutInMs, int numberOfConsecutiveTimedOutAssociationRequests, int maximumNumberOfConsecutiveTimedOutAssociationRequests)
    {
        TimeoutInMs = timeoutInMs;
        NumberOfConsecutiveTimedOutAssociationRequests = numberOfConsecutiveTimedOutAssociationRequests;
        MaximumNumberOfConsecutiveTimedOutAssociationRequests = maximumNumberOfConsecutiveTimedOutAssociationRequests;
    }

    /// <summary>How long was waited, in ms.</summary>
    public int TimeoutInMs { get; }

    /// <summary>How many have timed out in a row.</summary>
    public int NumberOfConsecutiveTimedOutAssociationRequests { get; }

    /// <summary>After how many the client gives up.</summary>
    public int MaximumNumberOfConsecutiveTimedOutAssociationRequests { get; }
}
