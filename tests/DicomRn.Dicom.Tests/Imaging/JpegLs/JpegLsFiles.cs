using DicomRn.Dicom.Imaging;
using DicomRn.Dicom.Imaging.Codec;
using DicomRn.Dicom.Imaging.Codec.JpegLs;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Tests.Imaging.JpegLs;

/// <summary>DICOM files of which the frames are JPEG-LS, and the samples in native files to compare them with.</summary>
internal static class JpegLsFiles
{
    /// <summary>The codewords of every frame of a JPEG-LS file, and the precision that the codestream has.</summary>
    public static (int Precision, int[][] Frames) Decode(string path)
    {
        DicomPixelData pixels = DicomPixelData.Create(DicomFile.Open(path).Dataset);
        CodestreamShape shape = new(pixels.Width, pixels.Height, pixels.SamplesPerPixel);
        CodestreamImage[] frames =
            [.. Enumerable.Range(0, pixels.NumberOfFrames).Select(i => JpegLsDecoder.Decode(pixels.GetFrame(i).Data, shape))];
        return (frames[0].Precision, [.. frames.Select(f => f.Samples)]);
    }

    /// <summary>The samples of a native file, pixel by pixel, the bits above <paramref name="precision"/> off.</summary>
    public static int[][] Native(string path, int precision)
    {
        DicomPixelData pixels = DicomPixelData.Create(DicomFile.Open(path).Dataset);
        return [.. Enumerable.Range(0, pixels.NumberOfFrames).Select(i => Samples(pixels, pixels.GetFrame(i).Data, (1 << precision) - 1))];
    }

    /// <summary>The image of a native file, its frames encoded by us.</summary>
    public static void Encode(string native, string path, JpegLsOptions options)
    {
        DicomFile source = DicomFile.Open(native);
        DicomPixelData from = DicomPixelData.Create(source.Dataset);
        DicomDataset dataset = new(
            options.Near == 0 ? DicomTransferSyntax.JPEGLSLossless : DicomTransferSyntax.JPEGLSNearLossless);
        dataset.AddOrUpdate([.. source.Dataset.Where(item => item.Tag.Group == 0x0028)]);
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, DicomUIDGenerator.GenerateDerivedFromUUID());
        if (from.SamplesPerPixel == 3)
            dataset.AddOrUpdate(DicomTag.PlanarConfiguration, (ushort)0);
        DicomPixelData to = DicomPixelData.Create(dataset, true);
        CodestreamShape shape = new(from.Width, from.Height, from.SamplesPerPixel);
        foreach (int[] frame in Native(native, from.BitsStored))
            to.AddFrame(new MemoryByteBuffer(JpegLsEncoder.Encode(new(shape, from.BitsStored, false, frame), options)));
        new DicomFile(dataset).Save(path);
    }

    /// <summary>A native image of its own making.</summary>
    public static void Write(string path, CodestreamImage image, bool isSigned)
    {
        int bytes = image.Precision > 8 ? 2 : 1, components = image.Shape.Components;
        DicomDataset dataset = new(DicomTransferSyntax.ExplicitVRLittleEndian)
        {
            { DicomTag.SOPClassUID, DicomUID.SecondaryCaptureImageStorage },
            { DicomTag.SOPInstanceUID, DicomUIDGenerator.GenerateDerivedFromUUID() },
            { DicomTag.Rows, (ushort)image.Shape.Height },
            { DicomTag.Columns, (ushort)image.Shape.Width },
            { DicomTag.BitsAllocated, (ushort)(8 * bytes) },
            { DicomTag.BitsStored, (ushort)image.Precision },
            { DicomTag.HighBit, (ushort)(image.Precision - 1) },
            { DicomTag.SamplesPerPixel, (ushort)components },
            { DicomTag.PixelRepresentation, (ushort)(isSigned ? 1 : 0) },
            { DicomTag.PhotometricInterpretation, components == 3 ? "RGB" : "MONOCHROME2" },
        };
        if (components == 3)
            dataset.Add(DicomTag.PlanarConfiguration, (ushort)0);
        int sign = isSigned ? 1 << (image.Precision - 1) : 0;
        IEnumerable<int> samples = image.Samples.Select(s => (s ^ sign) - sign);
        byte[] frame = bytes == 1 ? [.. samples.Select(s => (byte)s)] : [.. samples.SelectMany(s => BitConverter.GetBytes((short)s))];
        DicomPixelData.Create(dataset, true).AddFrame(new MemoryByteBuffer(frame));
        new DicomFile(dataset).Save(path);
    }

    private static int[] Samples(DicomPixelData pixels, byte[] bytes, int mask)
    {
        int size = pixels.BytesAllocated, components = pixels.SamplesPerPixel, count = pixels.Width * pixels.Height;
        bool isPlanar = components > 1 && pixels.PlanarConfiguration == PlanarConfiguration.Planar;
        int[] samples = new int[count * components];
        for (int i = 0; i < samples.Length; i++)
        {
            int from = isPlanar ? (i % components * count) + (i / components) : i;
            samples[i] = (size == 1 ? bytes[from] : BitConverter.ToUInt16(bytes, 2 * from)) & mask;
        }

        return samples;
    }
}
