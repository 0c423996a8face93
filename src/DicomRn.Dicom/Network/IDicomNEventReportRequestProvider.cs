namespace DicomRn.Dicom.Network;

/// <summary>A performer of N-ACTION that reports its outcome over the same association (PS3.4 J.3.3).</summary>
public interface IDicomNEventReportRequestProvider
{
    /// <summary>The response to an N-ACTION has been sent: send the N-EVENT-REPORT for it, or nothing to report later.</summary>
    Task OnSendNEventReportRequestAsync(DicomNActionRequest request);
}
