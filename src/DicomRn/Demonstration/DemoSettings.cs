using System.Globalization;
using DicomRn.Node.Administration.Settings;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Demonstration;

/// <summary>The settings of the demonstration's node: everything on loopback, a short quiet period, no file needed.</summary>
internal static class DemoSettings
{
    public const string NodeAeTitle = "DICOMRN";
    public const string PacsAeTitle = "PACS";
    public const string ScannerAeTitle = "SCANNER";
    public const string Loopback = "127.0.0.1";

    // Short, because somebody watches; contours follow the images on the same association.
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The settings of a node that sends to a PACS on <paramref name="pacsPort"/>.</summary>
    public static NodeSettings Create(DemoFolders folders, int pacsPort) => NodeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Node:AeTitle"] = NodeAeTitle,
            ["Node:BindAddress"] = Loopback,
            ["Node:Port"] = "0",
            ["Node:DataDirectory"] = folders.Node,
            ["Node:Peers:Scanner:AeTitle"] = ScannerAeTitle,
            ["Node:Peers:Scanner:Host"] = Loopback,
            ["Node:Peers:PACS:AeTitle"] = PacsAeTitle,
            ["Node:Peers:PACS:Host"] = Loopback,
            ["Node:Peers:PACS:Port"] = pacsPort.ToString(CultureInfo.InvariantCulture),
            ["Node:Peers:PACS:ReceivesResults"] = "true",
            ["Assembly:QuietPeriod"] = QuietPeriod.ToString(),
            ["Assembly:MaximumAttempts"] = "1",
        })
        .Build());
}
