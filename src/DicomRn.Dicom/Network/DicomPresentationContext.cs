namespace DicomRn.Dicom.Network;

/// <summary>An abstract syntax with the transfer syntaxes proposed for it, and what became of the proposal (PS3.8 7.1.1.13).</summary>
public class DicomPresentationContext
{
    private readonly List<DicomTransferSyntax> _transferSyntaxes = [];

    /// <summary>A proposal in the default roles.</summary>
    public DicomPresentationContext(byte pcid, DicomUID abstractSyntax)
        : this(pcid, abstractSyntax, null, null)
    {
    }

    /// <summary>A proposal with role selection (PS3.7 D.3.3.4); null leaves a role at its default.</summary>
    public DicomPresentationContext(byte pcid, DicomUID abstractSyntax, bool? userRole, bool? providerRole)
    {
        ID = pcid;
        AbstractSyntax = abstractSyntax;
        UserRole = userRole;
        ProviderRole = providerRole;
    }

    /// <summary>The odd number that names the context on its association; 0 until it is part of one.</summary>
    public byte ID { get; }

    /// <summary>What became of the proposal.</summary>
    public DicomPresentationContextResult Result { get; private set; } = DicomPresentationContextResult.Proposed;

    /// <summary>The SOP class.</summary>
    public DicomUID AbstractSyntax { get; }

    /// <summary>The accepted transfer syntax, null as long as the context is not accepted.</summary>
    public DicomTransferSyntax? AcceptedTransferSyntax { get; private set; }

    /// <summary>Whether the requestor takes (or is granted) the SCU role; null for the default, yes.</summary>
    public bool? UserRole { get; internal set; }

    /// <summary>Whether the requestor takes (or is granted) the SCP role; null for the default, no.</summary>
    public bool? ProviderRole { get; internal set; }

    /// <summary>A proposal in which the requestor is the SCP, as C-GET needs it; implicit VR little endian where no syntax is given.</summary>
    public static DicomPresentationContext GetScpRolePresentationContext(
        DicomUID abstractSyntax, params DicomTransferSyntax[] transferSyntaxes)
    {
        DicomPresentationContext context = new(0, abstractSyntax, userRole: false, providerRole: true);
        if (transferSyntaxes is null or { Length: 0 })
            transferSyntaxes = [DicomTransferSyntax.ImplicitVRLittleEndian];
        foreach (DicomTransferSyntax syntax in transferSyntaxes)
            context.AddTransferSyntax(syntax);
        return context;
    }

    /// <summary>Proposals as <see cref="GetScpRolePresentationContext"/> for the storage SOP classes that are not retired.</summary>
    /// <param name="filter">What the name has to contain, in any case; null or empty for all, which are more than one association takes.</param>
    /// <param name="transferSyntaxes">What to propose; implicit VR little endian where nothing is given.</param>
    public static IEnumerable<DicomPresentationContext> GetScpRolePresentationContextsFromStorageUids(
        string? filter, params DicomTransferSyntax[] transferSyntaxes)
    {
        string part = filter?.Trim() ?? "";
        return StorageSopClasses()
            .Where(uid => uid.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
            .Select(uid => GetScpRolePresentationContext(uid, transferSyntaxes));
    }

    /// <summary>Proposals as <see cref="GetScpRolePresentationContext"/> for the storage SOP classes of a kind that are not retired.</summary>
    public static IEnumerable<DicomPresentationContext> GetScpRolePresentationContextsFromStorageUids(
        DicomStorageCategory storageCategory, params DicomTransferSyntax[] transferSyntaxes) => StorageSopClasses()
        .Where(uid => uid.StorageCategory == storageCategory)
        .Select(uid => GetScpRolePresentationContext(uid, transferSyntaxes));

    /// <summary>Sets the result; acceptance takes the first proposed transfer syntax.</summary>
    /// <exception cref="DicomNetworkException">Acceptance where no transfer syntax is proposed.</exception>
    public void SetResult(DicomPresentationContextResult result) =>
        SetResult(result, _transferSyntaxes.Count == 0 ? null : _transferSyntaxes[0]);

    /// <summary>Sets the result and, for acceptance, the transfer syntax.</summary>
    /// <exception cref="DicomNetworkException">Acceptance without a transfer syntax.</exception>
    public void SetResult(DicomPresentationContextResult result, DicomTransferSyntax? acceptedTransferSyntax)
    {
        bool accepted = result == DicomPresentationContextResult.Accept;
        if (accepted && acceptedTransferSyntax is null)
            throw new DicomNetworkException($"Presentation context {ID} cannot be accepted without a transfer syntax.");
        if (acceptedTransferSyntax is not null)
        {
            _transferSyntaxes.Clear();
            _transferSyntaxes.Add(acceptedTransferSyntax);
        }

        Result = result;
        AcceptedTransferSyntax = accepted ? acceptedTransferSyntax : null;
    }

    /// <summary>
    /// Accepts the context with the first of the proposed transfer syntaxes that is among <paramref name="acceptedTransferSyntaxes"/>,
    /// or rejects it with transfer-syntaxes-not-supported.
    /// </summary>
    /// <returns>Whether the context is accepted.</returns>
    public bool AcceptTransferSyntaxes(params DicomTransferSyntax[] acceptedTransferSyntaxes) =>
        AcceptTransferSyntaxes(acceptedTransferSyntaxes, scpPriority: false);

    /// <summary>
    /// Accepts the context with a transfer syntax that both sides have, the first in the order of the SCP
    /// (<paramref name="scpPriority"/>) or of the proposal, or rejects it with transfer-syntaxes-not-supported.
    /// </summary>
    /// <returns>Whether the context is accepted.</returns>
    public bool AcceptTransferSyntaxes(DicomTransferSyntax[] acceptedTransferSyntaxes, bool scpPriority)
    {
        ArgumentNullException.ThrowIfNull(acceptedTransferSyntaxes);
        if (Result == DicomPresentationContextResult.Accept)
            return true;
        DicomTransferSyntax? common = scpPriority
            ? Array.Find(acceptedTransferSyntaxes, _transferSyntaxes.Contains)
            : _transferSyntaxes.Find(syntax => Array.IndexOf(acceptedTransferSyntaxes, syntax) >= 0);
        SetResult(
            common is null
                ? DicomPresentationContextResult.RejectTransferSyntaxesNotSupported
                : DicomPresentationContextResult.Accept,
            common);
        return common is not null;
    }

    /// <summary>Proposes one more transfer syntax.</summary>
    public void AddTransferSyntax(DicomTransferSyntax ts)
    {
        if (ts is not null && !_transferSyntaxes.Contains(ts))
            _transferSyntaxes.Add(ts);
    }

    /// <summary>Takes a transfer syntax off the proposal.</summary>
    public void RemoveTransferSyntax(DicomTransferSyntax ts) => _transferSyntaxes.Remove(ts);

    /// <summary>Takes all transfer syntaxes off the proposal.</summary>
    public void ClearTransferSyntaxes() => _transferSyntaxes.Clear();

    /// <summary>The proposed transfer syntaxes in their order; once answered, the accepted one.</summary>
    public IList<DicomTransferSyntax> GetTransferSyntaxes() => _transferSyntaxes.AsReadOnly();

    /// <summary>Whether a transfer syntax is proposed (or accepted).</summary>
    public bool HasTransferSyntax(DicomTransferSyntax ts) => _transferSyntaxes.Contains(ts);

    private static IEnumerable<DicomUID> StorageSopClasses() =>
        DicomUID.Enumerate()
            .Where(uid => uid.StorageCategory != DicomStorageCategory.None && !uid.IsRetired)
            .OrderBy(uid => uid.UID, StringComparer.Ordinal);

    /// <summary>The result in words.</summary>
    public string GetResultDescription() => Result switch
    {
        DicomPresentationContextResult.Accept => "Accept",
        DicomPresentationContextResult.Proposed => "Proposed",
        DicomPresentationContextResult.RejectUser => "Reject - User",
        DicomPresentationContextResult.RejectNoReason => "Reject - No Reason",
        DicomPresentationContextResult.RejectAbstractSyntaxNotSupported => "Reject - Abstract Syntax Not Supported",
        DicomPresentationContextResult.RejectTransferSyntaxesNotSupported => "Reject - Transfer Syntaxes Not Supported",
        _ => "Unknown",
    };
}
