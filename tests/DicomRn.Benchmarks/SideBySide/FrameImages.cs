namespace DicomRn.Benchmarks.SideBySide;

/// <summary>An image of frames that compress about as well as MR images do: smooth shapes under noise, air around them.</summary>
internal static class FrameImages
{
    private const int Size = 512;
    private const string MultiFrameGrayscaleWordSecondaryCapture = "1.2.840.10008.5.1.4.1.1.7.3";

    /// <summary>A file of so many frames of 512 × 512, 12 in 16 bits.</summary>
    public static DicomFile Create(int frames)
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, MultiFrameGrayscaleWordSecondaryCapture },
            { DicomTag.SOPInstanceUID, $"1.2.826.0.1.3680043.8.498.200.{frames}" },
            { DicomTag.StudyInstanceUID, "1.2.826.0.1.3680043.8.498.201" },
            { DicomTag.SeriesInstanceUID, "1.2.826.0.1.3680043.8.498.202" },
            { DicomTag.Modality, "OT" },
            { DicomTag.SamplesPerPixel, (ushort)1 },
            { DicomTag.PhotometricInterpretation, "MONOCHROME2" },
            { DicomTag.Rows, (ushort)Size },
            { DicomTag.Columns, (ushort)Size },
            { DicomTag.BitsAllocated, (ushort)16 },
            { DicomTag.BitsStored, (ushort)12 },
            { DicomTag.HighBit, (ushort)11 },
            { DicomTag.PixelRepresentation, (ushort)0 },
        };
        DicomPixelData pixels = DicomPixelData.Create(dataset, newPixelData: true);
        Random random = new(1);
        for (int n = 0; n < frames; n++)
            pixels.AddFrame(new MemoryByteBuffer(Frame(random, n)));
        return new DicomFile(dataset);
    }

    private static byte[] Frame(Random random, int n)
    {
        byte[] frame = new byte[Size * Size * 2];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                double u = (x - 256) / 200.0, v = (y - 256) / 230.0, r = (u * u) + (v * v);
                double signal = r > 1 ? 8 : 900 + (400 * Math.Sin((6 * u) + (n * 0.1)) * Math.Cos(5 * v)) + (r > 0.9 ? 600 : 0);
                double noise = r > 1 ? random.NextDouble() * 12 : (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 30;
                int value = (int)Math.Clamp(signal + noise, 0, 4095);
                frame[2 * ((y * Size) + x)] = (byte)value;
                frame[(2 * ((y * Size) + x)) + 1] = (byte)(value >> 8);
            }
        }

        return frame;
    }
}
