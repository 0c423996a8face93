namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>Turns association PDUs into a <see cref="DicomAssociation"/> and back.</summary>
internal static class AssociationNegotiation
{
    /// <summary>What the requestor proposes. Transfer syntaxes that this stack does not know cannot be accepted and are left out.</summary>
    public static DicomAssociation Propose(AAssociateRq request, INetworkStream peer)
    {
        DicomAssociation association = new(request.CallingAe, request.CalledAe)
        {
            RemoteHost = peer.RemoteHost,
            RemotePort = peer.RemotePort,
        };
        TakeUserInformation(association, request.User);
        association.TakeProposedWindow(request.User.AsynchronousOperations);
        association.UserIdentityNegotiation = request.User.Identity?.ToNegotiation();
        TakeExtendedNegotiations(association, request.User);
        // Where a requestor contradicts itself, the first item counts.
        Dictionary<string, RoleSelection> roles = [];
        foreach (RoleSelection role in request.User.Roles)
            roles.TryAdd(role.SopClassUid, role);
        foreach (PresentationContextRq proposed in request.PresentationContexts)
        {
            RoleSelection? role = roles.GetValueOrDefault(proposed.AbstractSyntax);
            DicomPresentationContext context =
                new(proposed.Id, DicomUID.Parse(proposed.AbstractSyntax), role?.Scu, role?.Scp);
            foreach (string syntax in proposed.TransferSyntaxes)
            {
                if (DicomTransferSyntax.Query(DicomUID.Parse(syntax)) is { } known)
                    context.AddTransferSyntax(known);
            }

            association.PresentationContexts.Add(context);
        }

        return association;
    }

    public static AAssociateRq Request(DicomAssociation association, uint maximumLength) => new()
    {
        CalledAe = association.CalledAE,
        CallingAe = association.CallingAE,
        PresentationContexts =
        [
            .. association.PresentationContexts.Select(context => new PresentationContextRq(
                context.ID, context.AbstractSyntax.UID, [.. context.GetTransferSyntaxes().Select(syntax => syntax.UID.UID)])),
        ],
        User = OwnUserInformation(maximumLength) with
        {
            AsynchronousOperations = association is { MaxAsyncOpsInvoked: 1, MaxAsyncOpsPerformed: 1 }
                ? null
                : Window(association),
            Roles = [.. Roles(association.PresentationContexts)],
            ExtendedNegotiations =
            [
                .. association.ExtendedNegotiations
                    .Where(negotiation => negotiation.RequestedApplicationInfo is { Count: > 0 })
                    .Select(negotiation => new SopClassExtendedNegotiation(
                        negotiation.SopClassUid.UID, negotiation.RequestedApplicationInfo!.GetValues())),
            ],
            CommonExtendedNegotiations =
            [
                .. association.ExtendedNegotiations
                    .Where(negotiation => negotiation.ServiceClassUid is not null)
                    .Select(negotiation => new SopClassCommonExtendedNegotiation(
                        negotiation.SopClassUid.UID,
                        negotiation.ServiceClassUid!.UID,
                        [.. negotiation.RelatedGeneralSopClasses.Select(related => related.UID)])),
            ],
            Identity = association.UserIdentityNegotiation is { } identity ? UserIdentity.From(identity) : null,
        },
    };

    /// <summary>
    /// The answer to every proposed context. One that the application did not decide on is rejected as an abstract syntax that
    /// is not supported. Role selection is answered for accepted contexts that asked for it, with what the application granted.
    /// </summary>
    public static AAssociateAc Accept(DicomAssociation association, uint maximumLength)
    {
        foreach (DicomPresentationContext context in association.PresentationContexts)
        {
            if (context.Result == DicomPresentationContextResult.Proposed)
                context.SetResult(DicomPresentationContextResult.RejectAbstractSyntaxNotSupported);
        }

        association.SettleWindow(association.ProposedWindow);
        return new AAssociateAc
        {
            CalledAe = association.CalledAE,
            CallingAe = association.CallingAE,
            PresentationContexts =
            [
                .. association.PresentationContexts.Select(context => new PresentationContextAc(
                    context.ID,
                    (byte)context.Result,
                    (context.AcceptedTransferSyntax ?? DicomTransferSyntax.ImplicitVRLittleEndian).UID.UID)),
            ],
            User = OwnUserInformation(maximumLength) with
            {
                AsynchronousOperations = association.ProposedWindow is null ? null : Window(association),
                Roles =
                [
                    .. Roles(association.PresentationContexts.Where(context => context.Result == DicomPresentationContextResult.Accept)),
                ],
                ExtendedNegotiations =
                [
                    .. association.ExtendedNegotiations
                        .Where(negotiation => negotiation.AcceptedApplicationInfo is { Count: > 0 })
                        .Select(negotiation => new SopClassExtendedNegotiation(
                            negotiation.SopClassUid.UID, negotiation.AcceptedApplicationInfo!.GetValues())),
                ],
                IdentityResponse = association.UserIdentityNegotiation is { PositiveResponseRequested: true, ServerResponse: { } response } identity
                    ? UserIdentity.Encode(identity.UserIdentityType, response)
                    : null,
            },
        };
    }

    /// <summary>Puts the acceptor's answer into the association that was proposed. A context without an answer is not accepted.</summary>
    public static void TakeAnswer(DicomAssociation association, AAssociateAc answer)
    {
        TakeUserInformation(association, answer.User);
        if (!PDataTf.FitsInto(answer.User.MaximumLength))
            throw new PduException(DicomAbortReason.InvalidPDUParameter,
                $"a maximum PDU length of {answer.User.MaximumLength} bytes, too short for any data");
        association.SettleWindow(answer.User.AsynchronousOperations);
        if (association.UserIdentityNegotiation is { PositiveResponseRequested: true } identity)
        {
            identity.ServerResponse =
                answer.User.IdentityResponse is { } response ? UserIdentity.Decode(identity.UserIdentityType, response) : null;
        }

        foreach (SopClassExtendedNegotiation accepted in answer.User.ExtendedNegotiations)
        {
            DicomUID sopClass = DicomUID.Parse(accepted.SopClassUid);
            association.ExtendedNegotiations.AcceptApplicationInfo(
                sopClass, DicomServiceApplicationInfo.Create(sopClass, accepted.ApplicationInfo));
        }

        foreach (PresentationContextAc answered in answer.PresentationContexts)
        {
            DicomPresentationContext context = association.PresentationContexts.Find(answered.Id)
                ?? throw new PduException(DicomAbortReason.InvalidPDUParameter,
                    $"an answer to presentation context {answered.Id}, which was not proposed");
            DicomPresentationContextResult result = (DicomPresentationContextResult)answered.Result;
            if (result != DicomPresentationContextResult.Accept)
            {
                context.SetResult(result, null);
                continue;
            }

            DicomTransferSyntax syntax = context.GetTransferSyntaxes().FirstOrDefault(proposed => proposed.UID.UID == answered.TransferSyntax)
                ?? throw new PduException(DicomAbortReason.InvalidPDUParameter,
                    $"presentation context {answered.Id} is accepted with {answered.TransferSyntax}, which was not proposed");
            context.SetResult(DicomPresentationContextResult.Accept, syntax);
        }

        foreach (DicomPresentationContext context in association.PresentationContexts)
        {
            if (context.Result == DicomPresentationContextResult.Proposed)
                context.SetResult(DicomPresentationContextResult.RejectNoReason, null);
            RoleSelection? granted = answer.User.Roles.FirstOrDefault(role => role.SopClassUid == context.AbstractSyntax.UID);
            // A role that was not asked for cannot be granted; without an answer, the default roles count (PS3.7 D.3.3.4).
            context.UserRole = granted is null ? null : (context.UserRole ?? true) && granted.Scu;
            context.ProviderRole = granted is null ? null : (context.ProviderRole ?? false) && granted.Scp;
        }
    }

    /// <summary>One item per SOP class: roles are the SOP class's, not the presentation context's.</summary>
    private static IEnumerable<RoleSelection> Roles(IEnumerable<DicomPresentationContext> contexts) => contexts
        .GroupBy(context => context.AbstractSyntax)
        .Where(group => group.Any(context => context.UserRole is not null || context.ProviderRole is not null))
        .Select(group => new RoleSelection(
            group.Key.UID, group.Any(context => context.UserRole ?? true), group.Any(context => context.ProviderRole ?? false)));

    private static void TakeExtendedNegotiations(DicomAssociation association, UserInformation user)
    {
        foreach (SopClassExtendedNegotiation negotiation in user.ExtendedNegotiations)
        {
            DicomUID sopClass = DicomUID.Parse(negotiation.SopClassUid);
            association.ExtendedNegotiations.AddOrUpdate(
                sopClass, DicomServiceApplicationInfo.Create(sopClass, negotiation.ApplicationInfo));
        }

        foreach (SopClassCommonExtendedNegotiation negotiation in user.CommonExtendedNegotiations)
        {
            association.ExtendedNegotiations.AddOrUpdate(
                DicomUID.Parse(negotiation.SopClassUid),
                DicomUID.Parse(negotiation.ServiceClassUid),
                [.. negotiation.RelatedGeneralSopClassUids.Select(DicomUID.Parse)]);
        }
    }

    private static void TakeUserInformation(DicomAssociation association, UserInformation user)
    {
        association.MaximumPDULength = user.MaximumLength;
        association.RemoteImplementationClassUID =
            user.ImplementationClassUid.Length == 0 ? null : DicomUID.Parse(user.ImplementationClassUid);
        association.RemoteImplementationVersion = user.ImplementationVersionName;
    }

    private static AsynchronousOperationsWindow Window(DicomAssociation association) =>
        new(
        (ushort)Math.Clamp(association.MaxAsyncOpsInvoked, 0, ushort.MaxValue), (ushort)Math.Clamp(association.MaxAsyncOpsPerformed, 0, ushort.MaxValue));

    private static UserInformation OwnUserInformation(uint maximumLength) => new()
    {
        MaximumLength = maximumLength,
        ImplementationClassUid = DicomImplementation.ClassUID.UID,
        ImplementationVersionName = DicomImplementation.Version,
    };
}
