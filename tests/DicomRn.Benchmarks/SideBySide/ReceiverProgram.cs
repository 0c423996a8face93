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
    public static ReceiverProgram Storescp(bool manyAssociations, string? preload) => new(preload is null ? "storescp" : "storescp + fsync", (port, folder) =>
    {
        string[] fork = manyAssociations ? ["--fork"] : [];
        ProcessStartInfo start = new("storescp", ["-q", .. fork, "-od", folder, Text(port)]);
        start.Environment["TCP_NODELAY"] = "1";
        if (preload is not null)
        {
            start.Environment["LD_PRELOAD"] = preload;
            start.Environment["RIG_LOOPBACK"] = "1";
            start.Environment["RIG_FSYNC_DIR"] = folder;
        }

        return start;
    });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
