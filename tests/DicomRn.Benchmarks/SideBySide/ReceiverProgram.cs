using System.Diagnostics;
using System.Globalization;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>How to start a storage SCP.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="StartInfo">The command line for a port and a folder.</param>
internal sealed record ReceiverProgram(string Name, Func<int, string, ProcessStartInfo> StartInfo)
{
    /// <summary>Our <c>receive</c>.</summary>
    /// <param name="sync">none, file or log.</param>
    public static ReceiverProgram Own(string sync) => new($"dicomrn receive --sync {sync}", (port, folder) =>
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dicomrn.dll"), "receive", "--port", Text(port), "--output", folder, "--sync", sync]));

    /// <summary>DCMTK's storescp, a process per association where there is more than one.</summary>
    /// <param name="manyAssociations">Whether associations come at once.</param>
    /// <param name="preload">
    /// A library to preload that syncs every file below <c>RIG_FSYNC_DIR</c> before it is closed, and binds to loopback only;
    /// null runs storescp as it is, which syncs nothing.
    /// </param>
    /// <param name="longPdus">With PDUs of 128 KiB, the longest it takes, written to the file as they come.</param>
    public static ReceiverProgram Storescp(bool manyAssociations, string? preload, bool longPdus = false) => new(NameOf(preload, longPdus), (port, folder) =>
    {
        string[] fork = manyAssociations ? ["--fork"] : [];
        string[] tuned = longPdus ? ["+B", "-pdu", "131072"] : [];
        ProcessStartInfo start = new("storescp", ["-q", .. fork, .. tuned, "-od", folder, Text(port)]);
        start.Environment["TCP_NODELAY"] = "1";
        if (preload is not null)
        {
            start.Environment["LD_PRELOAD"] = preload;
            start.Environment["RIG_LOOPBACK"] = "1";
            start.Environment["RIG_FSYNC_DIR"] = folder;
        }

        return start;
    });

    /// <summary>DCMTK's storescp, which throws everything away: what a sender is measured with.</summary>
    public static ReceiverProgram DiscardingStorescp { get; } = new("storescp --ignore", (port, _) =>
    {
        ProcessStartInfo start = new("storescp", ["-q", "--ignore", Text(port)]);
        start.Environment["TCP_NODELAY"] = "1";
        return start;
    });

    private static string NameOf(string? preload, bool longPdus) =>
        "storescp" + (longPdus ? " (128 KiB PDUs)" : "") + (preload is null ? "" : " + fsync");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
