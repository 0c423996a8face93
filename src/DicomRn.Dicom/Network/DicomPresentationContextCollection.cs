using System.Collections;

namespace DicomRn.Dicom.Network;

/// <summary>The presentation contexts of an association, in the order of their IDs; at most 128 (PS3.8 9.3.2.2).</summary>
public class DicomPresentationContextCollection : ICollection<DicomPresentationContext>
{
    private const int MaximumCount = 128;

    private readonly SortedDictionary<byte, DicomPresentationContext> _contexts = [];

    /// <inheritdoc/>
    public int Count => _contexts.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <summary>The context with an ID.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public DicomPresentationContext this[byte id] => _contexts[id];

    /// <summary>Proposes an SOP class with the next free ID.</summary>
    /// <exception cref="DicomNetworkException">There are 128 contexts already.</exception>
    public void Add(DicomUID abstractSyntax, params DicomTransferSyntax[] transferSyntaxes) =>
        Add(abstractSyntax, null, null, transferSyntaxes);

    /// <summary>Proposes an SOP class with the next free ID and role selection.</summary>
    /// <exception cref="DicomNetworkException">There are 128 contexts already.</exception>
    public void Add(DicomUID abstractSyntax, bool? userRole, bool? providerRole, params DicomTransferSyntax[] transferSyntaxes)
    {
        ArgumentNullException.ThrowIfNull(transferSyntaxes);
        DicomPresentationContext context = new(NextId(), abstractSyntax, userRole, providerRole);
        foreach (DicomTransferSyntax syntax in transferSyntaxes)
            context.AddTransferSyntax(syntax);
        Add(context);
    }

    /// <summary>Adds a context under its own ID.</summary>
    /// <exception cref="ArgumentException">The ID is taken.</exception>
    public void Add(DicomPresentationContext item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _contexts.Add(item.ID, item);
    }

    /// <summary>
    /// Proposes what a request needs: for C-STORE its SOP class with the file's own transfer syntax alone, and once more with
    /// explicit and implicit VR little endian (and the request's additional ones), so that the peer's answer tells which of
    /// them it takes as it is; for other requests the SOP class with explicit and implicit VR little endian.
    /// </summary>
    /// <exception cref="DicomNetworkException">There are 128 contexts already.</exception>
    public void AddFromRequest(DicomRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is DicomCStoreRequest store)
        {
            AddFromStoreRequest(store);
            return;
        }

        DicomPresentationContext? wanted = request.PresentationContext;
        DicomUID abstractSyntax = wanted?.AbstractSyntax ?? request.SOPClassUID;
        IList<DicomTransferSyntax> syntaxes = wanted?.GetTransferSyntaxes() ?? [];
        bool present = _contexts.Values.Any(context =>
            context.AbstractSyntax == abstractSyntax && syntaxes.All(context.HasTransferSyntax));
        if (present)
            return;
        if (syntaxes.Count == 0)
            syntaxes = [DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian];
        Add(abstractSyntax, wanted?.UserRole, wanted?.ProviderRole, [.. syntaxes]);
    }

    /// <inheritdoc/>
    public void Clear() => _contexts.Clear();

    /// <inheritdoc/>
    public bool Contains(DicomPresentationContext item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _contexts.TryGetValue(item.ID, out DicomPresentationContext? found) && found.AbstractSyntax == item.AbstractSyntax;
    }

    /// <inheritdoc/>
    public bool Remove(DicomPresentationContext item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return _contexts.Remove(item.ID);
    }

    /// <inheritdoc/>
    public IEnumerator<DicomPresentationContext> GetEnumerator() => _contexts.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    void ICollection<DicomPresentationContext>.CopyTo(DicomPresentationContext[] array, int arrayIndex) =>
        _contexts.Values.CopyTo(array, arrayIndex);

    internal DicomPresentationContext? Find(byte id) => _contexts.GetValueOrDefault(id);

    private void AddFromStoreRequest(DicomCStoreRequest request)
    {
        DicomTransferSyntax syntax = request.TransferSyntax ?? DicomTransferSyntax.ExplicitVRLittleEndian;
        if (!_contexts.Values.Any(c => c.AbstractSyntax == request.SOPClassUID && c.HasTransferSyntax(syntax) && IsOwn(c)))
            Add(request.SOPClassUID, syntax);

        List<DicomTransferSyntax> others = [.. request.AdditionalTransferSyntaxes ?? []];
        if (!syntax.IsEncapsulated)
            others.Add(DicomTransferSyntax.ExplicitVRLittleEndian);
        if (!syntax.IsEncapsulated && !request.OmitImplicitVrTransferSyntaxInAssociationRequest)
            others.Add(DicomTransferSyntax.ImplicitVRLittleEndian);
        others.RemoveAll(other => other == syntax);
        if (others.Count == 0)
            return;
        if (!_contexts.Values.Any(c => c.AbstractSyntax == request.SOPClassUID && others.TrueForAll(c.HasTransferSyntax)))
            Add(request.SOPClassUID, [.. others.Distinct()]);

        static bool IsOwn(DicomPresentationContext context) => context.GetTransferSyntaxes().Count == 1;
    }

    private byte NextId()
    {
        if (_contexts.Count == 0)
            return 1;
        int next = _contexts.Keys.Last() + 2;
        return next < 2 * MaximumCount
            ? (byte)next
            : throw new DicomNetworkException($"More than {MaximumCount} presentation contexts for one association.");
    }
}
