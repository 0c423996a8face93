using CsCheck;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.JpegLs;

namespace DicomRn.Dicom.Tests.Imaging.JpegLs;

public sealed class JpegLsRoundTripTests
{
    [Fact]
    public void An_image_of_any_depth_and_size_is_decoded_as_it_was_encoded() =>
        SampleImages.Any.Sample(image =>
        {
            CodestreamImage decoded = JpegLsDecoder.Decode(JpegLsEncoder.Encode(image), image.Shape);
            Assert.Equal((image.Shape, image.Precision, false), (decoded.Shape, decoded.Precision, decoded.IsSigned));
            Assert.Equal(image.Samples, decoded.Samples);
        });

    [Fact]
    public void Interleave_modes_and_restart_intervals_change_nothing_but_the_codestream() =>
        Gen.Select(SampleImages.Any, Gen.Enum<InterleaveMode>(), Gen.Int[0, 6]).Sample((image, interleave, restart) =>
        {
            byte[] codestream = JpegLsEncoder.Encode(image, new JpegLsOptions { Interleave = interleave, RestartInterval = restart });
            Assert.Equal(image.Samples, JpegLsDecoder.Decode(codestream, image.Shape).Samples);
        });

    [Fact]
    public void A_near_lossless_sample_is_off_by_no_more_than_was_allowed() =>
        Gen.Select(SampleImages.Any, Gen.Enum<InterleaveMode>(), Gen.Int[0, 255]).Sample((image, interleave, near) =>
        {
            near = Math.Min(near, ((1 << image.Precision) - 1) / 2);
            byte[] codestream = JpegLsEncoder.Encode(image, new JpegLsOptions { Near = near, Interleave = interleave });
            int[] decoded = JpegLsDecoder.Decode(codestream, image.Shape).Samples;
            Assert.All(image.Samples.Zip(decoded), pair => Assert.InRange(pair.Second, pair.First - near, pair.First + near));
        });

    [Fact]
    public void Signed_samples_come_back_as_the_codewords_of_their_twos_complement()
    {
        CodestreamImage image = new(new(4, 1, 1), 12, IsSigned: true, [-1, -2048, 2047, 0]);
        CodestreamImage decoded = JpegLsDecoder.Decode(JpegLsEncoder.Encode(image), image.Shape);
        Assert.Equal([0xFFF, 0x800, 0x7FF, 0], decoded.Samples);
        Assert.False(decoded.IsSigned);
    }

    [Fact]
    public void A_flat_image_takes_few_bytes()
    {
        CodestreamImage image = new(new(512, 512, 1), 12, IsSigned: false, new int[512 * 512]);
        Assert.InRange(JpegLsEncoder.Encode(image).Length, 40, 512);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(17, 0)]
    [InlineData(8, 256)]
    [InlineData(8, -129)]
    public void A_sample_or_a_depth_out_of_range_is_not_encoded(int precision, int sample) =>
        Assert.Throws<DicomCodecException>(() => JpegLsEncoder.Encode(new(new(1, 1, 1), precision, false, [sample])));
}
