namespace DicomRn.Dicom.Network;

/// <summary>What a user identifies itself with (PS3.7 D.3.3.7.1).</summary>
public enum DicomUserIdentityType
{
    /// <summary>A user name.</summary>
    Username = 1,

    /// <summary>A user name and a passcode.</summary>
    UsernameAndPasscode = 2,

    /// <summary>A Kerberos service ticket.</summary>
    Kerberos = 3,

    /// <summary>A SAML assertion.</summary>
    Saml = 4,

    /// <summary>A JSON web token.</summary>
    Jwt = 5,
}
