using System.Text;
using DicomRn.Dicom.Network.UpperLayer;

namespace DicomRn.Dicom.Network;

/// <summary>What two application entities propose and agree on before they exchange messages (PS3.8 7.1).</summary>
public sealed class DicomAssociation
{
    private int _maxAsyncOpsInvoked = 1;
    private int _maxAsyncOpsPerformed = 1;

    /// <summary>An association without titles.</summary>
    public DicomAssociation()
    {
    }

    /// <summary>An association of two AE titles.</summary>
    public DicomAssociation(string callingAe, string calledAe)
    {
        CallingAE = callingAe;
        CalledAE = calledAe;
    }

    /// <summary>AE title of the requestor.</summary>
    public string CallingAE { get; internal set; } = "";

    /// <summary>AE title of the acceptor, as the requestor gave it.</summary>
    public string CalledAE { get; internal set; } = "";

    /// <summary>
    /// How many operations the requestor may have outstanding, 0 for no limit (PS3.7 D.3.3.3). An acceptor finds what is asked
    /// for; it grants what it sets here, never more than was asked for, and 1 where it sets nothing.
    /// </summary>
    public int MaxAsyncOpsInvoked
    {
        get => _maxAsyncOpsInvoked;
        set => (_maxAsyncOpsInvoked, GrantsAsyncOpsInvoked) = (value, true);
    }

    /// <summary>How many operations the acceptor may have outstanding; as <see cref="MaxAsyncOpsInvoked"/>.</summary>
    public int MaxAsyncOpsPerformed
    {
        get => _maxAsyncOpsPerformed;
        set => (_maxAsyncOpsPerformed, GrantsAsyncOpsPerformed) = (value, true);
    }

    /// <summary>Address of the peer.</summary>
    public string RemoteHost { get; internal set; } = "";

    /// <summary>Port of the peer.</summary>
    public int RemotePort { get; internal set; }

    /// <summary>The peer's Implementation Class UID (PS3.7 D.3.3.2), null where it named none.</summary>
    public DicomUID? RemoteImplementationClassUID { get; internal set; }

    /// <summary>The peer's Implementation Version Name, null where it named none.</summary>
    public string? RemoteImplementationVersion { get; internal set; }

    /// <summary>The longest P-DATA-TF body in bytes the peer receives, 0 for no limit (PS3.8 D.1).</summary>
    public uint MaximumPDULength { get; internal set; }

    /// <summary>The presentation contexts, proposed or answered.</summary>
    public DicomPresentationContextCollection PresentationContexts { get; } = [];

    /// <summary>The extended and common extended negotiations (PS3.7 D.3.3.5, D.3.3.6).</summary>
    public DicomExtendedNegotiationCollection ExtendedNegotiations { get; } = [];

    /// <summary>The user identity that the requestor shows (PS3.7 D.3.3.7), null where it shows none.</summary>
    public DicomUserIdentityNegotiation? UserIdentityNegotiation { get; internal set; }

    /// <summary>The options of this side.</summary>
    public DicomServiceOptions? Options { get; internal set; }

    /// <summary>The asynchronous operations window that the requestor asked for, which only then is answered.</summary>
    internal AsynchronousOperationsWindow? ProposedWindow { get; private set; }

    private bool GrantsAsyncOpsInvoked { get; set; }

    private bool GrantsAsyncOpsPerformed { get; set; }

    /// <summary>Takes the window that a requestor asks for, for the service to decide on.</summary>
    internal void TakeProposedWindow(AsynchronousOperationsWindow? window)
    {
        ProposedWindow = window;
        _maxAsyncOpsInvoked = window?.MaximumInvoked ?? 1;
        _maxAsyncOpsPerformed = window?.MaximumPerformed ?? 1;
    }

    /// <summary>The window is what both sides want, the smaller number counts; without the item, one operation at a time.</summary>
    internal void SettleWindow(AsynchronousOperationsWindow? peer)
    {
        _maxAsyncOpsInvoked = Smaller(GrantsAsyncOpsInvoked ? _maxAsyncOpsInvoked : 1, peer?.MaximumInvoked ?? 1);
        _maxAsyncOpsPerformed = Smaller(GrantsAsyncOpsPerformed ? _maxAsyncOpsPerformed : 1, peer?.MaximumPerformed ?? 1);

        static int Smaller(int own, int peer) => own == 0 || (peer != 0 && peer < own) ? peer : own;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        text.AppendLine($"Calling AE Title:       {CallingAE}");
        text.AppendLine($"Called AE Title:        {CalledAE}");
        text.AppendLine($"Remote host:            {RemoteHost}:{RemotePort}");
        text.AppendLine($"Implementation:         {RemoteImplementationClassUID?.UID} {RemoteImplementationVersion}");
        text.AppendLine($"Maximum PDU Length:     {MaximumPDULength}");
        text.AppendLine($"Async Ops:              {MaxAsyncOpsInvoked}/{MaxAsyncOpsPerformed}");
        if (UserIdentityNegotiation is { } identity)
            text.AppendLine($"User Identity:          {identity.UserIdentityType}");
        foreach (DicomPresentationContext context in PresentationContexts)
        {
            text.AppendLine($"  Presentation Context: {context.ID} [{context.GetResultDescription()}]");
            text.AppendLine($"       Abstract Syntax: {context.AbstractSyntax.Name} {context.AbstractSyntax.UID}");
            foreach (DicomTransferSyntax syntax in context.GetTransferSyntaxes())
                text.AppendLine($"       Transfer Syntax: {syntax.UID.Name} {syntax.UID.UID}");
        }

        foreach (DicomExtendedNegotiation negotiation in ExtendedNegotiations)
        {
            text.AppendLine($"  Extended Negotiation: {negotiation.SopClassUid.Name} {negotiation.SopClassUid.UID}");
            if (negotiation.RequestedApplicationInfo is not null)
                text.AppendLine($"      Application Info: {negotiation.GetApplicationInfo()}");
            if (negotiation.ServiceClassUid is { } service)
                text.AppendLine($"         Service Class: {service.Name} {service.UID}");
            foreach (DicomUID related in negotiation.RelatedGeneralSopClasses)
                text.AppendLine($"     Related SOP Class: {related.Name} {related.UID}");
        }

        return text.ToString().TrimEnd();
    }
}
