namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>
/// The collections of the tests, about equally long: they run side by side, because most of a test is waiting, for timers, leases and other
/// programs, and the classes of each one after the other.
/// </summary>
internal static class SideBySide
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>A node that is killed at its kill points.</summary>
    public const string KillPoints = "Kill points";

    /// <summary>Several nodes on one database, and a node that is killed while it fetches.</summary>
    public const string SeveralNodes = "Several nodes";

    /// <summary>Commands and a node between programs of others.</summary>
    public const string Peers = "Peers";
}
