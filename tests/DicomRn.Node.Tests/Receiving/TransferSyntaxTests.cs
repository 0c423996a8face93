using System.Reflection;
using DicomRn.Node.Receiving;
using DicomRn.Node.Tests.Support;

namespace DicomRn.Node.Tests.Receiving;

public sealed class TransferSyntaxTests
{
    private static readonly ReceivingOptions Everything = new() { AcceptLossy = true, AcceptBigEndian = true };

    [Fact]
    public void The_transfer_syntaxes_accepted_are_exactly_those_that_decode()
    {
        DefaultTranscoderManager codecs = new();
        IEnumerable<DicomTransferSyntax> known = typeof(DicomTransferSyntax)
            .GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Select(p => p.GetValue(null)).OfType<DicomTransferSyntax>();
        IEnumerable<DicomTransferSyntax> readable = known.Where(s => !s.IsEncapsulated || codecs.HasCodec(s));
        Assert.Equal(Uids(readable).Order(), Uids(ReadableTransferSyntaxes.Of(Everything)).Order());
    }

    [Fact]
    public void Lossy_and_Big_Endian_need_a_setting()
    {
        DicomTransferSyntax[] all = ReadableTransferSyntaxes.Of(Everything), plain = ReadableTransferSyntaxes.Of(new ReceivingOptions());
        Assert.Equal(Uids(all.Where(s => !s.IsLossy && s != DicomTransferSyntax.ExplicitVRBigEndian)), Uids(plain));
        Assert.Contains(DicomTransferSyntax.JPEGProcess1, all);
        Assert.Contains(DicomTransferSyntax.ExplicitVRBigEndian, all);
    }

    [Fact]
    public void The_order_is_that_of_preference()
    {
        string[] preferred =
        [
            "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.57",
            "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202",
        ];
        Assert.Equal(preferred, Uids(ReadableTransferSyntaxes.Of(new ReceivingOptions())).Take(preferred.Length));
    }

    [Fact]
    public async Task A_compressed_instance_is_received_as_it_is()
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder);
        DicomFile packed = Image().Clone(DicomTransferSyntax.JPEGLSLossless);

        Assert.Equal(DicomStatus.Success, await node.SendAsync(packed));

        string path = Assert.Single(Directory.EnumerateFiles(folder.Folders.Instances, "*.dcm", SearchOption.AllDirectories));
        DicomFile stored = await DicomFile.OpenAsync(path);
        Assert.Equal(DicomTransferSyntax.JPEGLSLossless, stored.FileMetaInfo.TransferSyntax);
        Assert.Equal(Image().Dataset.GetValues<ushort>(DicomTag.PixelData), stored.Clone(DicomTransferSyntax.ExplicitVRLittleEndian).Dataset.GetValues<ushort>(DicomTag.PixelData));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lossy_transfer_syntax_is_refused_in_the_negotiation_but_where_the_settings_let_it_in(bool accepted)
    {
        using NodeFolder folder = new();
        await using ReceivingNode node = await ReceivingNode.StartAsync(folder, options: new ReceivingOptions { AcceptLossy = accepted });
        DicomPresentationContext? answered = null;
        DicomCEchoRequest echo = new();
        IDicomClient client = DicomClientFactory.Create("127.0.0.1", node.Port, false, "MODALITY", "DICOMRN");
        client.AdditionalPresentationContexts.Add(new DicomPresentationContext(1, DicomUID.MRImageStorage));
        client.AdditionalPresentationContexts[0].AddTransferSyntax(DicomTransferSyntax.JPEGProcess1);
        client.AssociationAccepted += (_, e) => answered = e.Association.PresentationContexts.Single(c => c.AbstractSyntax == DicomUID.MRImageStorage);
        await client.AddRequestAsync(echo);
        await client.SendAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            accepted ? DicomPresentationContextResult.Accept : DicomPresentationContextResult.RejectTransferSyntaxesNotSupported,
            answered!.Result);
    }

    private static string[] Uids(IEnumerable<DicomTransferSyntax> syntaxes) => [.. syntaxes.Select(s => s.UID.UID)];

    private static DicomFile Image()
    {
        DicomFile file = Instances.Mr("1.1");
        file.Dataset.Add(DicomTag.Rows, (ushort)16);
        file.Dataset.Add(DicomTag.Columns, (ushort)16);
        file.Dataset.Add(DicomTag.BitsAllocated, (ushort)16);
        file.Dataset.Add(DicomTag.BitsStored, (ushort)12);
        file.Dataset.Add(DicomTag.HighBit, (ushort)11);
        file.Dataset.Add(DicomTag.PixelRepresentation, (ushort)0);
        file.Dataset.Add(DicomTag.SamplesPerPixel, (ushort)1);
        file.Dataset.Add(DicomTag.PhotometricInterpretation, "MONOCHROME2");
        file.Dataset.AddOrUpdate(new DicomOtherWord(DicomTag.PixelData, [.. Enumerable.Range(0, 256).Select(i => (ushort)(i * 13 % 4096))]));
        return file;
    }
}
