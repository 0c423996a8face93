using System.Collections;

namespace DicomRn.Dicom.Network;

/// <summary>The extended negotiations of an association, one per SOP class.</summary>
public class DicomExtendedNegotiationCollection : ICollection<DicomExtendedNegotiation>
{
    private readonly Dictionary<DicomUID, DicomExtendedNegotiation> _negotiations = [];

    /// <inheritdoc/>
    public int Count => _negotiations.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>The negotiation for a SOP class.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public DicomExtendedNegotiation this[DicomUID id] => _negotiations[id];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is one for this SOP class.</exception>
    public void Add(DicomExtendedNegotiation item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _negotiations.Add(item.SopClassUid, item);
    }

    /// <summary>Adds extended negotiation for a SOP class.</summary>
    public void Add(DicomUID sopClassUid, DicomServiceApplicationInfo applicationInfo) =>
        Add(new DicomExtendedNegotiation(sopClassUid, applicationInfo));

    /// <summary>Adds common extended negotiation for a SOP class.</summary>
    public void Add(DicomUID sopClassUid, DicomUID serviceClassUid, params DicomUID[] relatedGeneralSopClasses) =>
        Add(new DicomExtendedNegotiation(sopClassUid, serviceClassUid, relatedGeneralSopClasses));

    /// <summary>Adds extended and common extended negotiation for a SOP class.</summary>
    public void Add(
        DicomUID sopClassUid,
        DicomServiceApplicationInfo? applicationInfo,
        DicomUID? serviceClassUid,
        params DicomUID[] relatedGeneralSopClasses) =>
        Add(new DicomExtendedNegotiation(sopClassUid, applicationInfo, serviceClassUid, relatedGeneralSopClasses));

    /// <summary>Adds what a request wants negotiated for its SOP class; all requests of that SOP class share it.</summary>
    public void AddFromRequest(DicomRequest dicomRequest)
    {
        ArgumentNullException.ThrowIfNull(dicomRequest);
        DicomCStoreRequest? store = dicomRequest as DicomCStoreRequest;
        if (dicomRequest.ApplicationInfo is null && store?.CommonServiceClassUid is null)
            return;
        AddOrUpdate(
            dicomRequest.SOPClassUID, dicomRequest.ApplicationInfo, store?.CommonServiceClassUid,
            [.. store?.RelatedGeneralSopClasses ?? []]);
    }

    /// <summary>Sets the extended negotiation of a SOP class.</summary>
    public void AddOrUpdate(DicomUID sopClassUid, DicomServiceApplicationInfo applicationInfo) =>
        AddOrUpdate(sopClassUid, applicationInfo, null);

    /// <summary>Sets the common extended negotiation of a SOP class.</summary>
    public void AddOrUpdate(DicomUID sopClassUid, DicomUID serviceClassUid, params DicomUID[] relatedGeneralSopClasses) =>
        AddOrUpdate(sopClassUid, null, serviceClassUid, relatedGeneralSopClasses);

    /// <summary>Sets the extended and the common extended negotiation of a SOP class; null leaves one as it is.</summary>
    public void AddOrUpdate(
        DicomUID sopClassUid,
        DicomServiceApplicationInfo? applicationInfo,
        DicomUID? serviceClassUid,
        params DicomUID[] relatedGeneralSopClasses)
    {
        ArgumentNullException.ThrowIfNull(sopClassUid);
        if (!_negotiations.TryGetValue(sopClassUid, out DicomExtendedNegotiation? negotiation))
        {
            Add(sopClassUid, applicationInfo, serviceClassUid, relatedGeneralSopClasses);
            return;
        }

        negotiation.RequestedApplicationInfo = applicationInfo ?? negotiation.RequestedApplicationInfo;
        if (serviceClassUid is null)
            return;
        negotiation.ServiceClassUid = serviceClassUid;
        negotiation.RelatedGeneralSopClasses.Clear();
        negotiation.RelatedGeneralSopClasses.AddRange(relatedGeneralSopClasses ?? []);
    }

    /// <summary>Grants application information for a SOP class, where it was asked for.</summary>
    public void AcceptApplicationInfo(DicomUID sopClassUid, DicomServiceApplicationInfo applicationInfo)
    {
        ArgumentNullException.ThrowIfNull(sopClassUid);
        if (_negotiations.TryGetValue(sopClassUid, out DicomExtendedNegotiation? negotiation))
            negotiation.AcceptApplicationInfo(applicationInfo);
    }

    /// <inheritdoc/>
    public void Clear() => _negotiations.Clear();

    /// <summary>Whether there is a negotiation for the same SOP class.</summary>
    public bool Contains(DicomExtendedNegotiation item) => item is not null && _negotiations.ContainsKey(item.SopClassUid);

    /// <summary>Whether there is a negotiation for a SOP class.</summary>
    public bool Contains(DicomUID item) => item is not null && _negotiations.ContainsKey(item);

    /// <inheritdoc/>
    public void CopyTo(DicomExtendedNegotiation[] array, int arrayIndex) => _negotiations.Values.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<DicomExtendedNegotiation> GetEnumerator() => _negotiations.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Removes the negotiation for the same SOP class.</summary>
    public bool Remove(DicomExtendedNegotiation item) => item is not null && _negotiations.Remove(item.SopClassUid);
}
