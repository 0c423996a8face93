using CsCheck;
using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

public sealed class RleTests
{
    [Fact]
    public void Every_native_form_comes_back_from_RLE_as_it_was()
    {
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 300], Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Int[0, 1000]).Sample(
            (rows, columns, depth, colour, planar, seed) =>
            {
                int bits = ((int[])[1, 8, 16, 32])[depth];
                int samples = colour && bits > 1 ? 3 : 1;
                byte[][] frames = [RunsAndNoise(rows, columns, bits, samples, seed), RunsAndNoise(rows, columns, bits, samples, seed + 1)];
                DicomDataset native = Images.Of(rows, columns, bits, bits, false, samples, planar, frames);
                DicomDataset packed = native.Clone(DicomTransferSyntax.RLELossless);
                Assert.Equal(DicomTransferSyntax.RLELossless, packed.InternalTransferSyntax);
                Assert.IsType<DicomOtherByteFragment>(packed.GetDicomItem<DicomItem>(DicomTag.PixelData));
                DicomDataset back = packed.Clone(DicomTransferSyntax.ExplicitVRLittleEndian);
                Assert.Equal(Images.Frames(native), Images.Frames(back));
                Assert.Equal(native, back);
            },
            iter: 200);
    }

    [Fact]
    public void Runs_are_as_the_standard_has_them()
    {
        DicomDataset native = Images.Of(2, 6, 8, 8, false, 1, false, [[7, 7, 7, 7, 7, 7, 1, 2, 3, 3, 3, 3]]);
        byte[] frame = DicomPixelData.Create(native.Clone(DicomTransferSyntax.RLELossless)).GetFrame(0).Data;
        Assert.Equal([1, 0, 0, 0, 64, 0, 0, 0], frame[..8]);

        // -5: six times 7; 1: two literals; -3: four times 3; one byte to be even. Rows do not run into one another.
        Assert.Equal([0xFB, 7, 1, 1, 2, 0xFD, 3, 0], frame[64..]);
    }

    [Fact]
    public void Damaged_frames_end_in_a_codec_exception()
    {
        DicomDataset native = Images.Of(16, 40, 16, 12, false, 1, false, RunsAndNoise(16, 40, 16, 1, 5));
        byte[] good = DicomPixelData.Create(native.Clone(DicomTransferSyntax.RLELossless)).GetFrame(0).Data;
        Damage.Survives(native, DicomTransferSyntax.RLELossless, good, 3000);
    }

    [Fact]
    public void A_header_that_disagrees_with_the_data_set_is_refused()
    {
        DicomDataset native = Images.Of(2, 2, 8, 8, false, 1, false, [[1, 2, 3, 4]]);
        byte[] good = DicomPixelData.Create(native.Clone(DicomTransferSyntax.RLELossless)).GetFrame(0).Data;
        byte[] twoSegments = [2, .. good[1..]];
        DicomCodecException e = Assert.Throws<DicomCodecException>(
            () => Damage.Decode(native, DicomTransferSyntax.RLELossless, twoSegments));
        Assert.Contains("2 segments", e.Message, StringComparison.Ordinal);
    }

    internal static byte[] RunsAndNoise(int rows, int columns, int bits, int samples, int seed)
    {
        Random random = new(seed);
        byte[] frame = new byte[((rows * columns * bits * samples) + 7) / 8];
        int at = 0;
        while (at < frame.Length)
        {
            int run = Math.Min(random.Next(1, 400), frame.Length - at);
            if (random.Next(2) == 0)
                random.NextBytes(frame.AsSpan(at, run));
            else
                frame.AsSpan(at, run).Fill((byte)random.Next(256));
            at += run;
        }

        if (bits == 1 && rows * columns % 8 != 0)
            frame[^1] &= (byte)((1 << (rows * columns % 8)) - 1);
        return frame;
    }
}
