using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Imaging.Codec;

/// <summary>Small native images made up for tests.</summary>
internal static class Images
{
    public static DicomDataset Of(
        int rows, int columns, int allocated, int stored, bool signed, int samples, bool planar, params byte[][] frames)
    {
        DicomDataset dataset = new()
        {
            { DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage },
            { DicomTag.SOPInstanceUID, "1.2.3.4" },
            { DicomTag.Rows, (ushort)rows },
            { DicomTag.Columns, (ushort)columns },
            { DicomTag.BitsAllocated, (ushort)allocated },
            { DicomTag.BitsStored, (ushort)stored },
            { DicomTag.HighBit, (ushort)(stored - 1) },
            { DicomTag.SamplesPerPixel, (ushort)samples },
            { DicomTag.PixelRepresentation, (ushort)(signed ? 1 : 0) },
            { DicomTag.PhotometricInterpretation, samples == 1 ? "MONOCHROME2" : "RGB" },
        };
        if (samples > 1)
            dataset.Add(DicomTag.PlanarConfiguration, (ushort)(planar ? 1 : 0));
        DicomPixelData pixels = DicomPixelData.Create(dataset, true);
        foreach (byte[] frame in frames)
            pixels.AddFrame(new MemoryByteBuffer(frame));
        return dataset;
    }

    public static byte[][] Frames(DicomDataset dataset)
    {
        DicomPixelData pixels = DicomPixelData.Create(dataset);
        return [.. Enumerable.Range(0, pixels.NumberOfFrames).Select(i => pixels.GetFrame(i).Data)];
    }

    /// <summary>The frames with colour pixels as R1 G1 B1 R2 …, whatever the data set's planar configuration is.</summary>
    public static byte[][] Interleaved(DicomDataset dataset)
    {
        byte[][] frames = Frames(dataset);
        if (dataset.GetSingleValueOrDefault(DicomTag.PlanarConfiguration, (ushort)0) == 0)
            return frames;
        int bytes = dataset.GetSingleValue<ushort>(DicomTag.BitsAllocated) / 8;
        return Array.ConvertAll(frames, planes =>
        {
            byte[] pixels = new byte[planes.Length];
            int plane = planes.Length / 3;
            for (int i = 0; i < planes.Length; i++)
                pixels[(i % plane / bytes * 3 * bytes) + (i / plane * bytes) + (i % bytes)] = planes[i];
            return pixels;
        });
    }
}
