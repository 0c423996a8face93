using CsCheck;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.JpegLs;

namespace DicomRn.Dicom.Tests.Imaging.JpegLs;

public sealed class JpegLsDamageTests
{
    private static readonly CodestreamImage Image = SampleImages.Create(12, new(30, 21, 1), kind: 3, seed: 3);
    private static readonly CodestreamImage Colour = SampleImages.Create(8, new(17, 13, 3), kind: 3, seed: 4);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_codestream_cut_short_is_an_error_wherever_it_is_cut(int restartInterval)
    {
        byte[] codestream = JpegLsEncoder.Encode(Image, new JpegLsOptions { RestartInterval = restartInterval });
        // The end marker alone may be missing: the image is there.
        for (int length = 0; length < codestream.Length - 4; length++)
            Assert.Throws<DicomCodecException>(() => JpegLsDecoder.Decode(codestream.AsSpan(0, length), Image.Shape));
        Assert.Equal(Image.Samples, JpegLsDecoder.Decode(codestream.AsSpan(0, codestream.Length - 2), Image.Shape).Samples);
    }

    [Fact]
    public void Changed_bytes_give_an_image_or_a_codec_exception_and_nothing_else()
    {
        Gen<byte[]> codestreams = Gen.Select(Gen.Bool, Gen.Enum<InterleaveMode>(), Gen.Int[0, 4], Gen.Int[0, 3])
            .Select((isColour, interleave, restart, near) => JpegLsEncoder.Encode(
                isColour ? Colour : Image, new JpegLsOptions { Interleave = interleave, RestartInterval = restart, Near = near }));
        Gen.Select(codestreams, Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 6]).Sample((codestream, changes) =>
        {
            foreach ((double at, byte value) in changes)
                codestream[(int)(at * at * (codestream.Length - 1))] = value;
            DecodeOrRefuse(codestream, Image.Shape);
            DecodeOrRefuse(codestream, Colour.Shape);
        });
    }

    [Fact]
    public void Noise_behind_valid_headers_gives_an_image_or_a_codec_exception()
    {
        byte[] codestream = JpegLsEncoder.Encode(Image);
        Gen.Byte.Array[0, 2000].Sample(noise => DecodeOrRefuse([.. codestream[..25], .. noise], Image.Shape));
    }

    private static void DecodeOrRefuse(byte[] codestream, CodestreamShape shape)
    {
        try
        {
            CodestreamImage image = JpegLsDecoder.Decode(codestream, shape);
            Assert.All(image.Samples, sample => Assert.InRange(sample, 0, (1 << image.Precision) - 1));
        }
        catch (DicomCodecException)
        {
            // Refused with its reason.
        }
    }
}
