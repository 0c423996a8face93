using System.Text;
using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Receiving;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Node.Tests.Administration;

public class NodeSettingsTests
{
    [Fact]
    public void All_errors_are_listed_in_one_message_with_path_value_reason_and_what_is_allowed()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """
            {
              "Node": {
                "AeTitle": "THIS TITLE IS TOO LONG",
                "Port": 70000,
                "Peers": { "PACS": { "AeTitle": "PACS", "ReceivesResults": true, "Host": "pacs" } }
              },
              "Assembly": { "QuietPeriod": "soon" },
              "Delivery": { "RetryDealy": "00:01:00" },
              "Reciving": { "MemoryPerInstance": 0 }
            }
            """));

        Assert.Equal(6, wrong.Errors.Count);
        string[] lines = wrong.Message.Split(Environment.NewLine);
        Assert.Equal("the configuration has 6 errors:", lines[0]);
        Assert.Contains("  Node:AeTitle = 'THIS TITLE IS TOO LONG': not an AE title; allowed: 1 to 16 printable ASCII characters without backslash", lines);
        Assert.Contains("  Node:Port = '70000': out of range; allowed: 0 to 65535", lines);
        Assert.Contains("  Node:Peers:PACS:Port: missing, and the peer receives results; allowed: 1 to 65535", lines);
        Assert.Contains(lines, line => line.StartsWith("  Assembly:QuietPeriod = 'soon': cannot be read; allowed: a time span", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  Delivery:RetryDealy = '00:01:00': no such setting; allowed: AttemptTimeout,", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  Reciving: no such setting; allowed: Node,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_string_is_needed_with_PostgreSQL_and_no_error_repeats_it()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """{ "Node": { "Name": "n 1" }, "State": { "Provider": "PostgreSql", "ConnectionString": "Hots=db;Password=secret", "LeaseDuration": "00:00:00" } }"""));

        Assert.Equal(["Node:Name", "State:ConnectionString", "State:LeaseDuration"], wrong.Errors.Select(e => e.Path).Order());
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<SettingsException>(() => Read("""{ "State": { "Provider": "PostgreSql" } }"""));
        Assert.Throws<SettingsException>(() => Read("""{ "State": { "ConnectionString": "Host=db" } }"""));
        Assert.Throws<SettingsException>(
            () => Read("""{ "State": { "Provider": "PostgreSql", "ConnectionString": "Host=db", "Password": "a", "PasswordFile": "appsettings.json" } }"""));
    }

    [Fact]
    public void Fetching_needs_the_address_of_the_peer_and_for_C_MOVE_a_destination_of_its_own()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """
            {
              "Node": { "Port": 11112, "Peers": { "A": { "AeTitle": "A", "Fetch": "Get" }, "B": { "AeTitle": "B", "Host": "b", "Port": 104, "Fetch": "Move" } } },
              "Fetching": { "MaximumStudies": 0, "RetryDelay": "02:00:00", "MovePort": 11112 }
            }
            """));

        Assert.Equal(
            [
                "Fetching:MaximumRetryDelay", "Fetching:MaximumStudies", "Fetching:MoveAeTitle", "Fetching:MovePort", "Node:Peers:A:Host",
                "Node:Peers:A:Port",
            ],
            wrong.Errors.Select(e => e.Path).Order());
    }

    [Fact]
    public void Errors_of_TLS_and_of_peers_are_listed_with_the_others()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """
            {
              "Node": {
                "ListensPlain": false,
                "Tls": { "Certificate": { "File": "none.pem", "Subject": "node" }, "Trust": { "Pinned": [ "12:34" ] } },
                "Peers": {
                  "MR1": { "AeTitle": "MR1", "OperationsAtOnce": 65, "Tls": { "Trust": { "AuthoritiesFile": "none.pem" } } },
                  "MR2": { "AeTitle": "MR2", "MaximumPduLength": 100, "ResponseTimeout": "00:00:00", "TransferSyntaxes": [ "JPEG" ] }
                }
              }
            }
            """));

        Assert.Equal(
            [
                "Node:ListensPlain", "Node:Peers:MR1:OperationsAtOnce", "Node:Peers:MR1:Tls:Trust:AuthoritiesFile",
                "Node:Peers:MR2:MaximumPduLength", "Node:Peers:MR2:ResponseTimeout", "Node:Peers:MR2:TransferSyntaxes",
                "Node:Tls:Certificate:File", "Node:Tls:Certificate:File", "Node:Tls:Trust:Pinned",
            ],
            wrong.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Secured_port_needs_a_certificate_and_trust_in_that_of_callers()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read("""{ "Node": { "Port": 2762, "Tls": { "Port": 2762 } } }"""));

        Assert.Equal(
            ["Node:Tls:Certificate", "Node:Tls:Port", "Node:Tls:Trust"],
            wrong.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0.0.0.0", false, 1)]
    [InlineData("0.0.0.0", true, 0)]
    [InlineData("127.0.0.1", false, 0)]
    [InlineData("::1", false, 0)]
    [InlineData("host", false, 1)]
    public void Administration_interface_is_open_to_other_machines_only_with_TLS_or_where_that_is_said(string address, bool plain, int errors)
    {
        string json = $$"""{ "Administration": { "Http": { "BindAddress": "{{address}}", "AllowPlainFromElsewhere": {{(plain ? "true" : "false")}} } } }""";

        Exception? wrong = Record.Exception(() => Read(json));

        Assert.Equal(errors, (wrong as SettingsException)?.Errors.Count(error => error.Path == "Administration:Http:BindAddress") ?? 0);
    }

    [Fact]
    public void Errors_of_administration_and_retention_are_listed_with_the_others()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(() => Read(
            """
            {
              "Administration": {
                "Http": { "Port": 70000, "TokenFile": "none", "HostNames": [ "a b" ] },
                "History": { "KeepFor": "00:00:01", "MaximumEntries": 1 },
                "Audit": { "MaximumFileSize": 1, "Syslog": { "Port": 0, "Tls": { "Trust": { "Pinned": [ "12:34" ] } } } }
              },
              "Retention": { "KeepFinished": "00:00:01", "MaximumSize": 5 }
            }
            """));

        Assert.Equal(
            [
                "Administration:Audit:MaximumFileSize", "Administration:Audit:Syslog:Host", "Administration:Audit:Syslog:Port",
                "Administration:Audit:Syslog:Tls:Trust:Pinned", "Administration:History:KeepFor", "Administration:History:MaximumEntries",
                "Administration:Http:HostNames", "Administration:Http:Port", "Administration:Http:TokenFile", "Retention:KeepFinished",
                "Retention:MaximumSize",
            ],
            wrong.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Password_of_a_key_is_in_no_message()
    {
        SettingsException wrong = Assert.Throws<SettingsException>(
            () => Read("""{ "Node": { "Tls": { "Certificate": { "KeyPassword": "hunter2", "KeyPasswordFile": "none" } } } }"""));

        Assert.DoesNotContain("hunter2", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_setting_the_defaults_hold()
    {
        NodeSettings settings = Read("{}");

        Assert.Equal("DICOMRN", settings.Node.AeTitle);
        Assert.Equal(11112, settings.Node.Port);
        Assert.False(settings.Node.AcceptUnknownPeers);
        Assert.Equal(TimeSpan.FromSeconds(60), settings.Assembly.QuietPeriod);
    }

    [Fact]
    public void Limits_of_reading_reach_the_DICOM_stack()
    {
        NodeSettings settings = Read("""{ "Receiving": { "ReadLimits": { "MaximumElements": 123456, "MaximumSequenceDepth": 65 } } }""");
        try
        {
            new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddReceiving(settings.Receiving);
            Assert.Equal(123456L, AppContext.GetData("DicomRn.Dicom.MaximumElements"));
            DicomDataset dataset = [];
            for (int depth = 0; depth < 66; depth++)
                dataset = new DicomDataset { { DicomTag.ContentSequence, dataset } };
            using MemoryStream file = new();
            new DicomFile(dataset.AddOrUpdate(DicomTag.SOPInstanceUID, "1.2.3")).Save(file);
            file.Position = 0;
            DicomFileException refused = Assert.Throws<DicomFileException>(() => DicomFile.Open(file));
            Assert.Contains("more than 65 deep", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            new Microsoft.Extensions.DependencyInjection.ServiceCollection().AddReceiving(new ReceivingOptions());
        }

        Assert.Throws<SettingsException>(() => Read("""{ "Receiving": { "ReadLimits": { "MaximumSequenceDepth": 0 } } }"""));
    }

    [Fact]
    public void Peers_are_read_by_name()
    {
        NodeSettings settings = Read(
            """
            { "Node": { "Peers": { "MR1": { "AeTitle": "MODALITY", "Addresses": ["10.0.0.1", "10.0.0.2"] } } } }
            """);

        PeerOptions peer = settings.Node.Peers["mr1"];
        Assert.Equal(["10.0.0.1", "10.0.0.2"], peer.Addresses);
        Assert.True(peer.Sends);
        Assert.False(peer.ReceivesResults);
    }

    [Fact]
    public void Single_values_go_before_the_file()
    {
        ConfigurationBuilder builder = new();
        builder.AddJsonStream(Json("""{ "Node": { "Port": 104 } }"""));
        NodeSettings.AddSources(builder, null, [new("Node:Port", "11113")]);

        Assert.Equal(11113, NodeSettings.Read(builder.Build()).Node.Port);
    }

    [Fact]
    public void Environment_variables_go_before_the_file()
    {
        Environment.SetEnvironmentVariable("DICOMRN_Receiving__MaximumAssociations", "7");
        try
        {
            ConfigurationBuilder builder = new();
            builder.AddJsonStream(Json("""{ "Receiving": { "MaximumAssociations": 5 } }"""));
            NodeSettings.AddSources(builder, null);

            Assert.Equal(7, NodeSettings.Read(builder.Build()).Receiving.MaximumAssociations);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DICOMRN_Receiving__MaximumAssociations", null);
        }
    }

    [Fact]
    public void The_logging_section_is_the_platforms_own() =>
        Assert.NotNull(Read("""{ "Logging": { "LogLevel": { "Default": "Debug" } } }"""));

    private static NodeSettings Read(string json) =>
        NodeSettings.Read(new ConfigurationBuilder().AddJsonStream(Json(json)).Build());

    private static MemoryStream Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
