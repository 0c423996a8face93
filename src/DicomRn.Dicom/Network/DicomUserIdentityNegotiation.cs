namespace DicomRn.Dicom.Network;

/// <summary>
/// User identity negotiation (PS3.7 D.3.3.7). An acceptor finds the identity in <see cref="DicomAssociation.UserIdentityNegotiation"/>;
/// it accepts the association, with <see cref="ServerResponse"/> set where a response is requested, or rejects it (an identity that
/// is not authorised: permanent, source service provider ACSE, no reason given). All fields but the type are secrets: nothing of
/// this stack logs them.
/// </summary>
public class DicomUserIdentityNegotiation
{
    /// <summary>The form of the identity.</summary>
    public DicomUserIdentityType? UserIdentityType { get; set; }

    /// <summary>Whether the acceptor is to confirm the identity in its answer.</summary>
    public bool PositiveResponseRequested { get; set; }

    /// <summary>User name, SAML assertion or token as text; of a Kerberos ticket, one character of U+0000 to U+00FF per byte.</summary>
    public string? PrimaryField { get; set; }

    /// <summary>The passcode of <see cref="DicomUserIdentityType.UsernameAndPasscode"/>, nothing otherwise.</summary>
    public string? SecondaryField { get; set; }

    /// <summary>
    /// The acceptor's confirmation, encoded as <see cref="PrimaryField"/>: a ticket, an assertion or a token, empty for the types
    /// with a user name. Null where it did not confirm, which is what an acceptor does that knows nothing of user identities.
    /// </summary>
    public string? ServerResponse { get; set; }

    /// <summary>Checks the fields against the type.</summary>
    /// <exception cref="ArgumentNullException">There is no type.</exception>
    /// <exception cref="ArgumentException">There is a secondary field where the type has none.</exception>
    public void Validate()
    {
        if (UserIdentityType is null)
            throw new ArgumentNullException(nameof(UserIdentityType), "A user identity has one of the five types.");
        if (UserIdentityType != DicomUserIdentityType.UsernameAndPasscode && !string.IsNullOrWhiteSpace(SecondaryField))
            throw new ArgumentException($"A user identity of type {UserIdentityType} has no secondary field.");
    }

    /// <summary>A copy.</summary>
    public DicomUserIdentityNegotiation Clone() => (DicomUserIdentityNegotiation)MemberwiseClone();
}
