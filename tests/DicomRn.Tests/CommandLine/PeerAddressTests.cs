using CsCheck;
using DicomRn.CommandLine;

namespace DicomRn.Tests.CommandLine;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("PACS@10.0.0.5:104", "PACS", "10.0.0.5", 104)]
    [InlineData("MY PACS@pacs.example:11112", "MY PACS", "pacs.example", 11112)]
    [InlineData(" PACS @localhost:104", "PACS", "localhost", 104)]
    [InlineData("PACS@[::1]:104", "PACS", "::1", 104)]
    public void A_peer_has_title_host_and_port(string text, string title, string host, int port) =>
        Assert.Equal(new PeerAddress(title, host, port), PeerAddress.Parse(text));

    [Theory]
    [InlineData("localhost:104")]
    [InlineData("PACS@localhost")]
    [InlineData("@localhost:104")]
    [InlineData("PACS@:104")]
    [InlineData("PACS@localhost:0")]
    [InlineData("PACS@localhost:65536")]
    [InlineData("PACS@localhost:+1")]
    [InlineData("PACS@::1:104")]
    [InlineData("SEVENTEEN_LETTERS@localhost:104")]
    [InlineData("PA\\CS@localhost:104")]
    [InlineData("")]
    public void What_is_no_peer_is_refused_with_a_reason(string text) =>
        Assert.NotEmpty(Assert.Throws<FormatException>(() => PeerAddress.Parse(text)).Message);

    [Fact]
    public void A_peer_reads_back_as_it_is_written() =>
        Gen.Select(Gen.String["ABCXYZ_019"].Where(s => s.Length is > 0 and <= 16), Gen.OneOf(Gen.Const("localhost"), Gen.Const("10.1.2.3"), Gen.Const("fe80::1")), Gen.Int[1, 65535])
            .Sample((title, host, port) => PeerAddress.Parse(new PeerAddress(title, host, port).ToString()) == new PeerAddress(title, host, port));
}
