using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging.Render;

/// <summary>Reads native frames in all their forms (PS3.3 C.7.6.3.1, PS3.5 8.1).</summary>
public static class PixelDataFactory
{
    /// <summary>The pixels of a frame that is not compressed.</summary>
    /// <param name="pixelData">The frames.</param>
    /// <param name="frame">Number of the frame, from 0.</param>
    /// <exception cref="DicomDataException">There is no such frame, or it is of a form that cannot be read.</exception>
    public static IPixelData Create(DicomPixelData pixelData, int frame)
    {
        if (pixelData.Syntax.IsEncapsulated)
            throw new DicomDataException("The frames are compressed; DicomTranscoder.DecodePixelData decodes them.");
        BitDepth depth = pixelData.BitDepth;
        PhotometricInterpretation photometric = pixelData.PhotometricInterpretation;
        IByteBuffer data = pixelData.GetFrame(frame);
        if (pixelData.SamplesPerPixel == 1)
        {
            return depth.BitsAllocated is 1 or 8 or 16 or 24 or 32 && depth.HighBit < depth.BitsAllocated && depth.BitsStored <= depth.HighBit + 1
                ? new GrayscalePixelData(pixelData.Width, pixelData.Height, depth, data.Data)
                : throw new DicomDataException(
                    $"Bits Allocated {depth.BitsAllocated}, Bits Stored {depth.BitsStored} and High Bit {depth.HighBit} do not fit together.");
        }

        if (pixelData.SamplesPerPixel != 3 || depth.BitsAllocated != 8)
            throw new DicomDataException($"Colours of {pixelData.SamplesPerPixel} samples of {depth.BitsAllocated} bits cannot be read.");
        return new ColorPixelData24(pixelData.Width, pixelData.Height, Rgb(pixelData, photometric, data).Data);
    }

    private static IByteBuffer Rgb(DicomPixelData pixelData, PhotometricInterpretation photometric, IByteBuffer data) => photometric.Value switch
    {
        "YBR_FULL_422" => PixelDataConverter.YbrFull422ToRgb(data, pixelData.Width),
        "YBR_PARTIAL_422" => PixelDataConverter.YbrPartial422ToRgb(data, pixelData.Width),
        "YBR_FULL" => PixelDataConverter.YbrFullToRgb(Interleaved(pixelData, data)),
        "RGB" => Interleaved(pixelData, data),
        _ => throw new DicomDataException($"Pixels of {photometric.Value} cannot be read uncompressed."),
    };

    private static IByteBuffer Interleaved(DicomPixelData pixelData, IByteBuffer data) =>
        pixelData.PlanarConfiguration == PlanarConfiguration.Planar ? PixelDataConverter.PlanarToInterleaved24(data) : data;
}
