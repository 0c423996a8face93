namespace DicomRn.Node.Administration.Tls;

/// <summary>Whose certificate store is meant.</summary>
public enum StoreOwner
{
    /// <summary>On Windows the machine's, elsewhere, where only users have one, the user's.</summary>
    Default,

    /// <summary>The store of the user whom the program runs as.</summary>
    CurrentUser,

    /// <summary>The machine's.</summary>
    LocalMachine,
}
