using DicomRn.Node.Administration;
using DicomRn.Node.Administration.Conformance;
using DicomRn.Node.Administration.Settings;
using DicomRn.Node.Fetching;
using DicomRn.Node.Receiving;

namespace DicomRn.Node.Tests.Administration.Conformance;

public class ConformanceStatementTests
{
    private const string JpegBaseline = "1.2.840.10008.1.2.4.50", BigEndian = "1.2.840.10008.1.2.2";

    [Fact]
    public void Received_classes_are_those_that_an_association_is_accepted_for()
    {
        NodeSettings settings = new() { Node = { AcceptUnknownPeers = true } };
        KnownPeersPolicy policy = new(settings.Node, settings.Receiving);
        DicomAssociation association = new("ANYONE", settings.Node.AeTitle);

        IEnumerable<string> accepted = DicomUID.Enumerate()
            .Where(uid => uid.Type == DicomUidType.SOPClass && uid.StorageCategory != DicomStorageCategory.None)
            .Where(uid => policy.Accept(new DicomPresentationContext(1, uid), association, AssociationDecision.Accept()) is not null)
            .Select(uid => uid.UID);

        Assert.Equal(accepted.Order(StringComparer.Ordinal), UidsOf(Section(ConformanceStatement.Write(settings), "### 3.1", "with these transfer syntaxes")));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Transfer_syntaxes_are_those_that_the_settings_let_in(bool lossy, bool bigEndian)
    {
        NodeSettings settings = new() { Receiving = { AcceptLossy = lossy, AcceptBigEndian = bigEndian } };

        string[] stated = [.. UidsOf(Section(ConformanceStatement.Write(settings), "with these transfer syntaxes", "Verification ("))];

        Assert.Equal(ReadableTransferSyntaxes.Of(settings.Receiving).Select(s => s.UID.UID), stated);
        Assert.Equal((lossy, bigEndian), (stated.Contains(JpegBaseline), stated.Contains(BigEndian)));
    }

    [Fact]
    public void Settings_are_those_of_the_node_and_no_peer_is_named()
    {
        NodeSettings settings = new()
        {
            Node = { AeTitle = "RNNODE", Port = 10104, Peers = { ["archive"] = new PeerOptions { AeTitle = "SECRETPACS", Host = "pacs.example", Port = 104 } } },
            Receiving = { MaximumPduLength = 65_536 },
        };

        string statement = ConformanceStatement.Write(settings);

        Assert.Contains("Application entity: RNNODE.", statement, StringComparison.Ordinal);
        Assert.Contains("65536 bytes", statement, StringComparison.Ordinal);
        Assert.Contains("| without TLS | 10104 |", statement, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETPACS", statement, StringComparison.Ordinal);
        Assert.DoesNotContain("pacs.example", statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Retrieval_is_stated_where_a_peer_is_asked()
    {
        NodeSettings asked = new() { Node = { Peers = { ["archive"] = new PeerOptions { AeTitle = "PACS", Fetch = PeerFetch.Get } } } };

        string fetching = Section(ConformanceStatement.Write(asked), "## 5 ", "## 6 ");

        Assert.Contains("Not used", Section(ConformanceStatement.Write(new NodeSettings()), "## 5 ", "## 6 "), StringComparison.Ordinal);
        Assert.Subset(UidsOf(fetching).ToHashSet(), PeerSource.Classes.Select(uid => uid.UID).ToHashSet());
    }

    [Fact]
    public void Tables_have_as_many_cells_in_every_row()
    {
        string[] lines = ConformanceStatement.Write(new NodeSettings()).Split('\n');

        for (int n = 1; n < lines.Length; n++)
        {
            if (lines[n].StartsWith('|') && lines[n - 1].StartsWith('|'))
                Assert.Equal(lines[n - 1].Count(c => c == '|'), lines[n].Count(c => c == '|'));
        }
    }

    private static string Section(string statement, string from, string to)
    {
        int start = statement.IndexOf(from, StringComparison.Ordinal);
        return statement[start..statement.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private static IEnumerable<string> UidsOf(string text) =>
        System.Text.RegularExpressions.Regex.Matches(text, @"\b1\.2\.840\.10008\.[0-9.]*[0-9]").Select(m => m.Value);
}
