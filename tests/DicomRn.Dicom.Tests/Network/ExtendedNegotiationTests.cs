using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>SOP class extended and common extended negotiation (PS3.7 D.3.3.5, D.3.3.6).</summary>
public sealed class ExtendedNegotiationTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DicomUID StudyRootFind => DicomUID.Parse("1.2.840.10008.5.1.4.1.2.2.1");

    public void Dispose() => _received.Dispose();

    [Fact]
    public async Task Application_information_goes_to_the_acceptor_and_what_it_grants_comes_back()
    {
        DicomExtendedNegotiation? seen = null;
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Negotiate = association =>
            {
                seen = association.ExtendedNegotiations[StudyRootFind];
                association.ExtendedNegotiations.AcceptApplicationInfo(
                    StudyRootFind, new DicomCFindApplicationInfo(DicomCFindOption.RelationalQueries));
                return true;
            },
        });
        IDicomClient client = server.Client();
        DicomAssociation? association = null;
        client.AssociationAccepted += (_, e) => association = e.Association;
        client.AdditionalExtendedNegotiations.Add(new DicomExtendedNegotiation(
            StudyRootFind, new DicomCFindApplicationInfo { RelationalQueries = true, FuzzySemanticMatching = true }));
        await client.AddRequestAsync(new DicomCEchoRequest());
        await client.SendAsync(Token);

        DicomCFindApplicationInfo asked = Assert.IsType<DicomCFindApplicationInfo>(seen!.RequestedApplicationInfo);
        Assert.Equal((true, false, true), (asked.RelationalQueries, asked.DateTimeMatching, asked.FuzzySemanticMatching));
        DicomServiceApplicationInfo? granted = association!.ExtendedNegotiations[StudyRootFind].AcceptedApplicationInfo;
        Assert.Equal([1, 0, 0], Assert.IsType<DicomCFindApplicationInfo>(granted).GetValues());
        Assert.Contains("1, 0, 0 [Accept]", association.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acceptor_that_grants_nothing_answers_nothing()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request();
        request = request with
        {
            User = request.User with
            {
                ExtendedNegotiations = [new SopClassExtendedNegotiation(DicomUID.MRImageStorage.UID, [2, 0, 0, 0, 1, 0])],
                CommonExtendedNegotiations = [new SopClassCommonExtendedNegotiation("1.2.3", "1.2.840.10008.4.2", [])],
            },
        };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        AAssociateAc answer = AAssociateAc.Read((await modality.ReceiveAsync(Token)).Body);
        Assert.Empty(answer.User.ExtendedNegotiations);
        Assert.Empty(answer.User.CommonExtendedNegotiations);
    }

    [Fact]
    public async Task Service_class_and_related_SOP_classes_of_a_request_reach_the_acceptor_which_can_take_the_class_for_them()
    {
        DicomUID special = new("1.2.826.0.1.3680043.9.1.1", "Special MR", DicomUidType.SOPClass);
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Negotiate = association =>
            {
                foreach (DicomPresentationContext context in association.PresentationContexts)
                {
                    if (association.ExtendedNegotiations.Contains(context.AbstractSyntax)
                        && association.ExtendedNegotiations[context.AbstractSyntax] is { } negotiation
                        && negotiation.ServiceClassUid == DicomUID.Storage
                        && negotiation.RelatedGeneralSopClasses.Contains(DicomUID.MRImageStorage))
                    {
                        context.AcceptTransferSyntaxes(DicomTransferSyntax.ExplicitVRLittleEndian);
                    }
                }

                return true;
            },
        });
        DicomFile file = Instances.Mr();
        file.Dataset.AddOrUpdate(DicomTag.SOPClassUID, special);
        DicomCStoreRequest request = new(new DicomFile(file.Dataset))
        {
            CommonServiceClassUid = DicomUID.Storage,
            RelatedGeneralSopClasses = [DicomUID.EnhancedMRImageStorage, DicomUID.MRImageStorage],
            ApplicationInfo = new DicomCStoreApplicationInfo(
                DicomLevelOfSupport.NotApplicable, DicomLevelOfDigitalSignatureSupport.Unspecified, DicomElementCoercion.NotApplicable),
        };
        Assert.Equal([DicomStatus.Success], await StoreTests.SendAsync(server.Client(), [request]));
    }

    [Fact]
    public void Sub_items_have_the_bytes_of_PS3_7()
    {
        using PduWriter writer = new(PduType.AAssociateRq);
        new SopClassExtendedNegotiation("1.2", [1, 0]).Write(writer);
        new SopClassCommonExtendedNegotiation("1.2", "1.3", ["1.4", "1.5.6"]).Write(writer);
        UserIdentity.From(new DicomUserIdentityNegotiation
        {
            UserIdentityType = DicomUserIdentityType.UsernameAndPasscode,
            PositiveResponseRequested = true,
            PrimaryField = "me",
            SecondaryField = "pw",
        }).Write(writer);
        Assert.Equal(
            "56000007" + "0003312E32" + "0100"
            + "57000018" + "0003312E32" + "0003312E33" + "000C" + "0003312E34" + "0005312E352E36"
            + "5800000A" + "0201" + "00026D65" + "00027077",
            Convert.ToHexString(writer.Finish().Span[PduHeader.Size..]));
    }

    [Fact]
    public void Application_information_has_the_type_of_its_service_class()
    {
        Assert.IsType<DicomCStoreApplicationInfo>(DicomServiceApplicationInfo.Create(DicomUID.MRImageStorage, [2]));
        Assert.IsType<DicomCFindApplicationInfo>(DicomServiceApplicationInfo.Create(StudyRootFind, [1]));
        Assert.IsType<DicomCMoveApplicationInfo>(DicomServiceApplicationInfo.Create(DicomUID.Parse("1.2.840.10008.5.1.4.1.2.2.2"), [1]));
        Assert.IsType<DicomCGetApplicationInfo>(DicomServiceApplicationInfo.Create(DicomUID.Parse("1.2.840.10008.5.1.4.1.2.2.3"), [1]));
        Assert.IsType<DicomServiceApplicationInfo>(DicomServiceApplicationInfo.Create(DicomUID.Verification, [1]));
    }

    [Fact]
    public void Fields_are_numbered_from_one_without_gaps()
    {
        DicomServiceApplicationInfo info = [];
        info.Add(3, 7);
        Assert.Equal([0, 0, 7], info.GetValues());
        Assert.Throws<ArgumentException>(() => info.Add(2, 1));
        Assert.ThrowsAny<ArgumentException>(() => info.AddOrUpdate(0, 1));
        Assert.True(info.Remove(3));
        Assert.False(info.Remove(3));
        Assert.Equal([0, 0], info.GetValues());
        Assert.True(info.GetValueAsBoolean(9, true));
        Assert.Throws<KeyNotFoundException>(() => info.GetValue(3));

        DicomCStoreApplicationInfo store = new([9, 0, 3, 0, 1, 0]);
        Assert.Equal(
            (DicomLevelOfSupport.NotApplicable, DicomLevelOfDigitalSignatureSupport.Level3, DicomElementCoercion.AllowCoercion),
            (store.LevelOfSupport, store.LevelOfDigitalSignatureSupport, store.ElementCoercion));
    }
}
