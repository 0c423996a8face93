using DicomRn.Node.Administration;

namespace DicomRn.Node.Tests.Administration;

public class PeerEchoTests
{
    [Theory]
    [InlineData("no answer to the C-ECHO", "PACS@127.0.0.1:104: no answer to the C-ECHO")]
    [InlineData("PACS@127.0.0.1:104: cannot connect", "PACS@127.0.0.1:104: cannot connect")]
    [InlineData("127.0.0.1:104: the connection was lost", "PACS@127.0.0.1:104: the connection was lost")]
    [InlineData("127.0.0.1:1040 is another one", "PACS@127.0.0.1:104: 127.0.0.1:1040 is another one")]
    public void Failure_names_the_peer_once(string message, string described) =>
        Assert.Equal(described, PeerEcho.Describe("PACS@127.0.0.1:104", new DicomNetworkException(message)));
}
