namespace DicomRn.Dicom.Network;

/// <summary>
/// What is negotiated for one SOP class beyond its presentation contexts: application information of its service class (PS3.7
/// D.3.3.5), and which service class and more general SOP classes it belongs to (PS3.7 D.3.3.6).
/// </summary>
public class DicomExtendedNegotiation
{
    /// <summary>Extended negotiation.</summary>
    public DicomExtendedNegotiation(DicomUID sopClassUid, DicomServiceApplicationInfo? applicationInfo)
        : this(sopClassUid, applicationInfo, null)
    {
    }

    /// <summary>Common extended negotiation.</summary>
    public DicomExtendedNegotiation(DicomUID sopClassUid, DicomUID? serviceClassUid, params DicomUID[] relatedGeneralSopClasses)
        : this(sopClassUid, null, serviceClassUid, relatedGeneralSopClasses)
    {
    }

    /// <summary>Extended and common extended negotiation.</summary>
    public DicomExtendedNegotiation(
        DicomUID sopClassUid,
        DicomServiceApplicationInfo? applicationInfo,
        DicomUID? serviceClassUid,
        params DicomUID[] relatedGeneralSopClasses)
    {
        ArgumentNullException.ThrowIfNull(sopClassUid);
        SopClassUid = sopClassUid;
        RequestedApplicationInfo = applicationInfo;
        ServiceClassUid = serviceClassUid;
        RelatedGeneralSopClasses = [.. relatedGeneralSopClasses ?? []];
    }

    /// <summary>The SOP class.</summary>
    public DicomUID SopClassUid { get; }

    /// <summary>What the requestor asks for.</summary>
    public DicomServiceApplicationInfo? RequestedApplicationInfo { get; internal set; }

    /// <summary>What the acceptor grants; null where it grants nothing.</summary>
    public DicomServiceApplicationInfo? AcceptedApplicationInfo { get; private set; }

    /// <summary>The service class of the SOP class; null where the requestor did not name it.</summary>
    public DicomUID? ServiceClassUid { get; internal set; }

    /// <summary>SOP classes whose instances those of this SOP class can be taken for.</summary>
    public List<DicomUID> RelatedGeneralSopClasses { get; }

    /// <summary>The application information in words, accepted or proposed.</summary>
    public string GetApplicationInfo() => AcceptedApplicationInfo is { } accepted
        ? $"{accepted} [Accept]"
        : $"{RequestedApplicationInfo} [Proposed]";

    /// <summary>Grants application information, without the fields that were not asked for; nothing where none were.</summary>
    public void AcceptApplicationInfo(DicomServiceApplicationInfo acceptedInfo)
    {
        ArgumentNullException.ThrowIfNull(acceptedInfo);
        if (RequestedApplicationInfo is not { } requested)
            return;
        for (int index = acceptedInfo.Count; index > requested.Count; index--)
            acceptedInfo.Remove((byte)index);
        AcceptedApplicationInfo = acceptedInfo;
    }
}
