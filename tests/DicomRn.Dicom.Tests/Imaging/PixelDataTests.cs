using CsCheck;
using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Imaging;

public sealed class PixelDataTests
{
    [Fact]
    public void Single_bit_frames_are_packed_without_gaps_and_read_back_alone()
    {
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Byte.Array[11].Array[1, 6]).Sample((rows, columns, content) =>
        {
            DicomDataset dataset = Image(rows, columns, bits: 1);
            DicomPixelData pixels = DicomPixelData.Create(dataset, true);
            int size = ((rows * columns) + 7) / 8;
            byte[][] frames = Array.ConvertAll(content, c => Masked(c[..size], rows * columns));
            foreach (byte[] frame in frames)
                pixels.AddFrame(new MemoryByteBuffer(frame));
            Assert.Equal(frames.Length, pixels.NumberOfFrames);
            DicomElement element = dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!;
            Assert.Equal(((rows * columns * frames.Length) + 7) / 8, element.Buffer.Size);
            for (int i = 0; i < frames.Length; i++)
                Assert.Equal(frames[i], DicomPixelData.Create(dataset).GetFrame(i).Data);
        });
    }

    [Fact]
    public void Frames_of_words_follow_one_another()
    {
        DicomDataset dataset = Image(2, 3, bits: 16);
        DicomPixelData pixels = DicomPixelData.Create(dataset, true);
        pixels.AddFrame(new MemoryByteBuffer([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0]));
        pixels.AddFrame(new MemoryByteBuffer([7, 0, 8, 0, 9, 0, 10, 0, 11, 0, 12, 0]));
        Assert.Equal(DicomVR.OW, dataset.GetDicomItem<DicomElement>(DicomTag.PixelData)!.ValueRepresentation);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], dataset.GetValues<ushort>(DicomTag.PixelData));
        Assert.Equal(7, DicomPixelData.Create(dataset).GetFrame(1).Data[0]);
        Assert.Throws<DicomDataException>(() => pixels.GetFrame(2));
    }

    [Fact]
    public void Pixel_data_that_ends_too_early_is_an_error()
    {
        DicomDataset dataset = Image(4, 4, bits: 16);
        dataset.AddOrUpdate(DicomTag.PixelData, new byte[30]);
        Assert.Throws<DicomDataException>(() => DicomPixelData.Create(dataset).GetFrame(0));
    }

    private static byte[] Masked(byte[] bits, int count)
    {
        if (count % 8 != 0)
            bits[^1] &= (byte)((1 << (count % 8)) - 1);
        return bits;
    }

    private static DicomDataset Image(int rows, int columns, ushort bits) => new()
    {
        { DicomTag.Rows, (ushort)rows },
        { DicomTag.Columns, (ushort)columns },
        { DicomTag.BitsAllocated, bits },
        { DicomTag.BitsStored, bits },
        { DicomTag.HighBit, (ushort)(bits - 1) },
        { DicomTag.SamplesPerPixel, (ushort)1 },
        { DicomTag.PixelRepresentation, (ushort)0 },
        { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
    };
}
