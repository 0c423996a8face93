using DicomRn.Dicom.Network;
using DicomRn.Dicom.Network.Client;
using DicomRn.Dicom.Network.UpperLayer;
using DicomRn.TestSupport;

namespace DicomRn.Dicom.Tests.Network;

/// <summary>User identity negotiation (PS3.7 D.3.3.7).</summary>
public sealed class UserIdentityTests : IDisposable
{
    private readonly TemporaryFolder _received = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _received.Dispose();

    [Theory]
    [InlineData(DicomUserIdentityType.Username, "Jürgen", null, "")]
    [InlineData(DicomUserIdentityType.UsernameAndPasscode, "Jürgen", "Ωmega", "")]
    [InlineData(DicomUserIdentityType.Kerberos, "\u0000\u0001ÿ\u0080", null, "\u00FE\u0000")]
    [InlineData(DicomUserIdentityType.Saml, "<Assertion>ü</Assertion>", null, "<Response/>")]
    [InlineData(DicomUserIdentityType.Jwt, "aa.bb.cc", null, "dd.ee.ff")]
    public async Task Identity_reaches_the_acceptor_and_its_confirmation_the_requestor(
        DicomUserIdentityType type, string primary, string? secondary, string response)
    {
        DicomUserIdentityNegotiation? seen = null;
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Negotiate = association =>
            {
                seen = association.UserIdentityNegotiation!;
                seen.ServerResponse = response;
                return true;
            },
        });
        IDicomClient client = server.Client();
        DicomUserIdentityNegotiation? confirmed = null;
        client.AssociationAccepted += (_, e) => confirmed = e.Association.UserIdentityNegotiation;
        client.NegotiateUserIdentity(new DicomUserIdentityNegotiation
        {
            UserIdentityType = type,
            PositiveResponseRequested = true,
            PrimaryField = primary,
            SecondaryField = secondary,
        });
        await client.AddRequestAsync(new DicomCEchoRequest());
        await client.SendAsync(Token);

        Assert.Equal(
            (type, true, primary, secondary ?? ""),
            (seen!.UserIdentityType, seen.PositiveResponseRequested, seen.PrimaryField, seen.SecondaryField));
        Assert.Equal(response, confirmed!.ServerResponse);
        Assert.Null(client.UserIdentityNegotiation!.ServerResponse);
        AssertNotLogged(server, primary, secondary);
    }

    [Fact]
    public async Task Confirmation_that_was_not_asked_for_is_not_sent()
    {
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Negotiate = association => (association.UserIdentityNegotiation!.ServerResponse = "") is not null,
        });
        AAssociateAc answer = await AnswerAsync(server, responseRequested: false);
        Assert.Null(answer.User.IdentityResponse);
    }

    [Fact]
    public async Task Acceptor_that_knows_nothing_of_identities_confirms_none()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        AAssociateAc answer = await AnswerAsync(server, responseRequested: true);
        Assert.Null(answer.User.IdentityResponse);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requestor_leaves_an_acceptor_that_does_not_confirm_unless_told_otherwise(bool require)
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        IDicomClient client = server.Client();
        Assert.True(client.RequireSuccessfulUserIdentityNegotiation);
        client.RequireSuccessfulUserIdentityNegotiation = require;
        client.NegotiateUserIdentity(new DicomUserIdentityNegotiation
        {
            UserIdentityType = DicomUserIdentityType.UsernameAndPasscode,
            PositiveResponseRequested = true,
            PrimaryField = "user",
            SecondaryField = "secret-passcode",
        });
        DicomStatus? status = null;
        await client.AddRequestAsync(new DicomCEchoRequest { OnResponseReceived = (_, r) => status = r.Status });
        if (require)
        {
            DicomNetworkException e = await Assert.ThrowsAsync<DicomNetworkException>(() => client.SendAsync(Token));
            Assert.Contains("did not confirm the user identity", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-passcode", e.ToString(), StringComparison.Ordinal);
            await server.Events.NextAsync("abort ServiceUser", Token);
        }
        else
        {
            await client.SendAsync(Token);
            Assert.Equal(DicomStatus.Success, status);
        }
    }

    [Fact]
    public async Task Identity_that_is_not_authorised_is_rejected()
    {
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Negotiate = association => association.UserIdentityNegotiation is { PrimaryField: "user", SecondaryField: "right" },
        });
        IDicomClient client = server.Client();
        client.NegotiateUserIdentity(new DicomUserIdentityNegotiation
        {
            UserIdentityType = DicomUserIdentityType.UsernameAndPasscode,
            PrimaryField = "user",
            SecondaryField = "wrong-passcode",
        });
        await client.AddRequestAsync(new DicomCEchoRequest());
        DicomAssociationRejectedException e = await Assert.ThrowsAsync<DicomAssociationRejectedException>(() => client.SendAsync(Token));
        Assert.Equal(
            (DicomRejectResult.Permanent, DicomRejectSource.ServiceProviderACSE, DicomRejectReason.NoReasonGiven_),
            (e.RejectResult, e.RejectSource, e.RejectReason));
        AssertNotLogged(server, "wrong-passcode");
    }

    [Fact]
    public async Task storescu_identifies_itself_with_user_name_and_passcode()
    {
        string storescu = ExternalTool.Require("storescu", "dcmtk");
        using TemporaryFolder source = new();
        DicomUserIdentityNegotiation? seen = null;
        await using TestServer server = new(new StoreLog
        {
            Folder = _received.Path,
            Negotiate = association =>
            {
                seen = association.UserIdentityNegotiation!;
                seen.ServerResponse = "";
                return true;
            },
        });
        (int status, _, string error) = await ExternalTool.RunAsync(
            storescu, ["-usr", "me", "-pwd", "secret-passcode", "-rsp", "127.0.0.1", $"{server.Port}", Instances.Mr().Save(source)], Token);
        Assert.True(status == 0, error);
        Assert.Equal(
            (DicomUserIdentityType.UsernameAndPasscode, true, "me", "secret-passcode"),
            (seen!.UserIdentityType, seen.PositiveResponseRequested, seen.PrimaryField, seen.SecondaryField));
        Assert.Single(Directory.GetFiles(_received.Path));
        AssertNotLogged(server, "secret-passcode");
    }

    [Fact]
    public void Identity_without_a_type_or_with_a_secondary_field_that_has_no_place_is_refused()
    {
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", 104, false, "TESTSCU", "TESTSCP");
        Assert.Throws<ArgumentNullException>(() => client.NegotiateUserIdentity(new DicomUserIdentityNegotiation { PrimaryField = "me" }));
        Assert.Throws<ArgumentException>(() => client.NegotiateUserIdentity(
            new DicomUserIdentityNegotiation { UserIdentityType = DicomUserIdentityType.Jwt, PrimaryField = "a", SecondaryField = "b" }));
        client.NegotiateUserIdentity(null);
    }

    [Fact]
    public async Task Assertion_too_long_for_its_field_is_an_error_that_says_so()
    {
        await using TestServer server = new(new StoreLog { Folder = _received.Path });
        IDicomClient client = server.Client();
        client.NegotiateUserIdentity(new DicomUserIdentityNegotiation
        {
            UserIdentityType = DicomUserIdentityType.Saml,
            PrimaryField = new string('x', 70_000),
        });
        await client.AddRequestAsync(new DicomCEchoRequest());
        DicomNetworkException e = await Assert.ThrowsAsync<DicomNetworkException>(() => client.SendAsync(Token));
        Assert.Contains("70000", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_of_an_association_names_the_type_of_identity_alone()
    {
        DicomAssociation association = new("A", "B")
        {
            UserIdentityNegotiation = new DicomUserIdentityNegotiation
            {
                UserIdentityType = DicomUserIdentityType.UsernameAndPasscode,
                PrimaryField = "secret-name",
                SecondaryField = "secret-passcode",
            },
        };
        Assert.Contains("UsernameAndPasscode", association.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", association.ToString(), StringComparison.Ordinal);
        UserInformation user = new() { Identity = UserIdentity.From(association.UserIdentityNegotiation) };
        Assert.DoesNotContain("secret", user.ToString(), StringComparison.Ordinal);
    }

    private static void AssertNotLogged(TestServer server, params string?[] secrets)
    {
        foreach (string secret in secrets.OfType<string>())
            Assert.DoesNotContain(server.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<AAssociateAc> AnswerAsync(TestServer server, bool responseRequested)
    {
        using FakeModality modality = await FakeModality.ConnectAsync(server.Port, Token);
        AAssociateRq request = FakeModality.Request();
        DicomUserIdentityNegotiation identity = new()
        {
            UserIdentityType = DicomUserIdentityType.Username,
            PrimaryField = "me",
            PositiveResponseRequested = responseRequested,
        };
        request = request with { User = request.User with { Identity = UserIdentity.From(identity) } };
        await modality.SendAsync(PduType.AAssociateRq, request.Write, Token);
        return AAssociateAc.Read((await modality.ReceiveAsync(Token)).Body);
    }
}
