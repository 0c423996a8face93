using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>Who is SCU and who SCP (PS3.7 D.3.3.4).</summary>
public sealed class RoleSelectionTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Mr => DicomUID.MRImageStorage.UID;

    public void Dispose() => _received.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Acceptor_finds_the_proposed_roles_and_answers_them_for_accepted_SOP_classes(bool scu, bool scp)
    {
        DicomAssociation? seen = null;
        await using TestServer server = new(new StoreLog { Folder = _received.Path, Negotiate = association => (seen = association) is not null });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request();
        request = request with { User = request.User with { Roles = [new RoleSelection(Mr, scu, scp), new RoleSelection("1.2.3.4", true, true)] } };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        AAssociateAc answer = AAssociateAc.Read((await modality.ReceiveAsync(Token)).Body);

        Assert.Equal([new RoleSelection(Mr, scu, scp)], answer.User.Roles);
        Assert.Equal(
            [(scu, scp), (null, null)],
            seen!.PresentationContexts.Select(context => (context.UserRole, context.ProviderRole)));
    }

    [Fact]
    public async Task Requestor_proposes_both_roles_of_a_SOP_class_in_one_item()
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.AdditionalPresentationContexts.AddRange(
            DicomPresentationContext.GetScpRolePresentationContextsFromStorageUids("MR Image Storage", DicomTransferSyntax.ExplicitVRLittleEndian));
        await client.AddRequestAsync(new DicomCStoreRequest(Instances.Mr()));
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task sending = client.SendAsync(end.Token, DicomClientCancellationMode.ImmediatelyAbortAssociation);
        AAssociateRq request = await pacs.AcceptAsync(Token);
        Assert.Equal(new RoleSelection(Mr, true, true), Assert.Single(request.User.Roles, role => role.SopClassUid == Mr));
        Assert.Contains(new RoleSelection(DicomUID.EnhancedMRImageStorage.UID, false, true), request.User.Roles);
        await pacs.ReceiveAsync(Token);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(false, true, false, true)]
    [InlineData(true, false, false, false)]
    [InlineData(null, null, null, null)]
    public async Task Requestor_takes_no_role_that_it_did_not_propose(bool? scu, bool? scp, bool? userRole, bool? providerRole)
    {
        using FakePacs pacs = new();
        IDicomClient client = pacs.Client();
        client.ClientOptions.AssociationLingerTimeoutInMs = 0;
        client.AdditionalPresentationContexts.Add(DicomPresentationContext.GetScpRolePresentationContext(DicomUID.MRImageStorage));
        DicomAssociation? association = null;
        client.AssociationAccepted += (_, e) => association = e.Association;
        await client.AddRequestAsync(new DicomCEchoRequest());
        Task sending = client.SendAsync(Token);
        await pacs.AcceptAsync(Token, change: answer => scu is null ? answer : answer with
        {
            User = answer.User with { Roles = [new RoleSelection(Mr, scu.Value, scp!.Value)] },
        });
        await pacs.AnswerEchoAsync(Token);
        await pacs.ReleaseAsync(Token);
        await sending;
        DicomPresentationContext context = association!.PresentationContexts.Single(c => c.AbstractSyntax == DicomUID.MRImageStorage);
        Assert.Equal((userRole, providerRole), (context.UserRole, context.ProviderRole));
    }

    [Fact]
    public void Storage_SOP_classes_are_found_by_name_and_by_kind()
    {
        DicomPresentationContext[] byName =
            [.. DicomPresentationContext.GetScpRolePresentationContextsFromStorageUids("enhanced mr image", DicomTransferSyntax.JPEGLSLossless)];
        Assert.Contains(byName, context => context.AbstractSyntax == DicomUID.EnhancedMRImageStorage);
        Assert.All(byName, context =>
        {
            Assert.Equal((false, true), (context.UserRole, context.ProviderRole));
            Assert.Equal([DicomTransferSyntax.JPEGLSLossless], context.GetTransferSyntaxes());
        });

        DicomPresentationContext[] reports =
            [.. DicomPresentationContext.GetScpRolePresentationContextsFromStorageUids(DicomStorageCategory.StructuredReport)];
        Assert.Contains(reports, context => context.AbstractSyntax.UID == "1.2.840.10008.5.1.4.1.1.88.34");
        Assert.All(reports, context => Assert.Equal([DicomTransferSyntax.ImplicitVRLittleEndian], context.GetTransferSyntaxes()));
        Assert.True(DicomPresentationContext.GetScpRolePresentationContextsFromStorageUids(null).Count() > 128);
        Assert.DoesNotContain(
            DicomPresentationContext.GetScpRolePresentationContextsFromStorageUids(""), context => context.AbstractSyntax.IsRetired);
    }
}
