using System.Text;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Pipeline;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Node.Tests.Delivery;

public class RouteSettingsTests
{
    private const string Peers =
        """
        "Node": { "Peers": {
          "PACS": { "AeTitle": "PACS", "Host": "pacs", "Port": 104, "ReceivesResults": true, "Sends": false, "Commitment": "StorageCommitment" },
          "VNA": { "AeTitle": "VNA", "Host": "vna", "Port": 104, "ReceivesResults": true },
          "MR1": { "AeTitle": "MR1" }
        } }
        """;

    [Fact]
    public void Routes_are_read_by_name()
    {
        NodeSettings settings = Read(
            """
            "night": { "Sources": ["MR1"], "Results": ["SC", "seg"], "Destinations": ["vna"], "OnlyWhen": "Answered",
                       "Hours": "18:00-06:00", "Days": ["Friday"], "TimeZone": "Europe/Vienna" }
            """);

        DicomRn.Node.Delivery.RouteOptions route = settings.Delivery.Routes["night"];
        Assert.Equal([ResultKind.SC, ResultKind.SEG], route.Results);
        Assert.Equal([DayOfWeek.Friday], route.Days);
        Assert.Equal(DicomRn.Node.Delivery.PeerCommitment.StorageCommitment, settings.Node.Peers["PACS"].Commitment);
    }

    [Fact]
    public void All_errors_of_routes_are_told_at_once()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """
            "nowhere": { "Sources": ["MR1"] },
            "unknown": { "Sources": ["MR9", "PACS"], "Destinations": ["VMA", "MR1"], "Results": ["PDF"] },
            "contradiction": { "OnlyWhen": "CannotAnswer", "Results": ["SEG"], "Destinations": ["VNA"] },
            "nothing": { "OnlyWhen": "NothingToDo", "Destinations": ["PACS"], "Results": ["SR"], "Sources": ["MR1"] },
            "never": { "Hours": "18:00-18:00", "Destinations": ["VNA"] },
            "clock": { "Hours": "6 pm", "TimeZone": "Europe/Wien", "Destinations": ["VNA"] },
            "zone": { "TimeZone": "UTC", "Destinations": ["PACS"], "Results": ["SC"] },
            "a,b": { "Destinations": ["PACS"], "Results": ["SEG"] }
            """));

        Assert.Equal(
            [
                "Delivery:Routes:a,b",
                "Delivery:Routes:clock:Hours", "Delivery:Routes:clock:TimeZone",
                "Delivery:Routes:contradiction:Results",
                "Delivery:Routes:never:Hours",
                "Delivery:Routes:nothing:OnlyWhen",
                "Delivery:Routes:nowhere:Destinations",
                "Delivery:Routes:unknown:Destinations", "Delivery:Routes:unknown:Destinations",
                "Delivery:Routes:unknown:Results:0",
                "Delivery:Routes:unknown:Sources", "Delivery:Routes:unknown:Sources",
                "Delivery:Routes:zone:TimeZone",
            ],
            wrong.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
        Assert.Contains(wrong.Errors, error => error.ToString() ==
            "Delivery:Routes:unknown:Destinations = 'VMA': no such peer; allowed: one of PACS, VNA");
        Assert.Contains(wrong.Errors, error => error.ToString() ==
            "Delivery:Routes:unknown:Sources = 'PACS': this peer may not send; allowed: a peer with Sends: one of MR1, VNA");
    }

    [Fact]
    public void Hours_that_another_route_makes_meaningless_are_an_error()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """
            "night": { "Results": ["SC"], "Destinations": ["VNA", "PACS"], "Hours": "18:00-06:00" },
            "all": { "Destinations": ["VNA"] }
            """));

        Assert.Equal(
            "Delivery:Routes:night:Hours = '18:00-06:00': without effect for VNA: the route all sends the same there at any time; allowed: no schedule here, or one there too",
            Assert.Single(wrong.Errors).ToString());
    }

    [Fact]
    public void Hours_beside_a_route_for_other_results_or_sources_are_none() => Assert.NotNull(Read(
        """
        "night": { "Results": ["SC"], "Destinations": ["VNA"], "Hours": "18:00-06:00" },
        "reports": { "Results": ["SR"], "Destinations": ["VNA"] },
        "mr1": { "Sources": ["MR1"], "Destinations": ["VNA"] }
        """));

    private static NodeSettings Read(string routes) => NodeSettings.Read(new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ {{Peers}}, "Delivery": { "Routes": { {{routes}} } } }""")))
        .Build());
}
