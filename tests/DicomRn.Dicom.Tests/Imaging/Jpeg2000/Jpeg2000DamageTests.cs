using CsCheck;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;

namespace DicomRn.Dicom.Tests.Imaging.Jpeg2000;

/// <summary>Damaged codestreams give an image or a <see cref="DicomCodecException"/>, and nothing else.</summary>
public sealed class Jpeg2000DamageTests
{
    public static TheoryData<string> Names { get; } = [.. StoredCodestream.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_bytes_anywhere_give_an_image_or_a_codec_exception(string name)
    {
        byte[] codestream = StoredCodestream.Read(name);
        CodestreamShape shape = StoredCodestream.All[name].Shape;
        // The square draws half of the changes into the first quarter, where headers are.
        Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                byte[] damaged = [.. codestream];
                foreach ((double at, byte value) in changes)
                    damaged[(int)(at * at * (damaged.Length - 1))] = value;
                DecodeOrRefuse(damaged, shape);
            },
            iter: 400);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_value_of_every_byte_of_the_headers_gives_an_image_or_a_codec_exception(string name)
    {
        byte[] codestream = StoredCodestream.Read(name);
        CodestreamShape shape = StoredCodestream.All[name].Shape;
        int headers = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x93]);
        for (int at = 2; at < headers; at++)
        {
            byte original = codestream[at];
            foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 0x7F, 0x80, 0xFF, (byte)(original + 1), (byte)(original - 1), (byte)(original ^ 0x40)])
            {
                codestream[at] = value;
                DecodeOrRefuse(codestream, shape);
            }

            codestream[at] = original;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Noise_in_place_of_the_packets_gives_an_image_or_a_codec_exception(string name)
    {
        byte[] codestream = StoredCodestream.Read(name);
        CodestreamShape shape = StoredCodestream.All[name].Shape;
        int headers = codestream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0x93]) + 2;
        Gen.Byte.Array[0, codestream.Length].Sample(noise => DecodeOrRefuse([.. codestream[..headers], .. noise], shape), iter: 200);
    }

    private static void DecodeOrRefuse(byte[] codestream, CodestreamShape shape)
    {
        try
        {
            CodestreamImage image = Jpeg2000Decoder.Decode(codestream, shape);
            int range = 1 << image.Precision, minimum = image.IsSigned ? -range / 2 : 0;
            foreach (int sample in image.Samples)
                Assert.InRange(sample, minimum, minimum + range - 1);
        }
        catch (DicomCodecException)
        {
            // Refused with its reason.
        }
    }
}
