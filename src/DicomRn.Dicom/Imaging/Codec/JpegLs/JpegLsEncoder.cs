namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>Encodes JPEG-LS (ITU-T T.87) with default thresholds and without colour transform, as PS3.5 A.4.3 has it.</summary>
internal static class JpegLsEncoder
{
    /// <summary>Some decoders take wrong default thresholds for samples of more bits; for these the parameters are written out.</summary>
    private const int LargestPrecisionOfSafeDefaults = 12;

    /// <summary>Encodes an image of 2 to 16 bits without loss.</summary>
    /// <param name="image">
    /// Samples within the precision, or, where negative, within two's complement of it; those are coded as its unsigned codewords.
    /// </param>
    /// <exception cref="DicomCodecException">The image does not fit JPEG-LS.</exception>
    public static byte[] Encode(CodestreamImage image) => Encode(image, new JpegLsOptions());

    /// <summary>Encodes an image of 2 to 16 bits.</summary>
    /// <exception cref="DicomCodecException">The image does not fit JPEG-LS, or the options do not fit the image.</exception>
    public static byte[] Encode(CodestreamImage image, JpegLsOptions options)
    {
        CodestreamShape shape = image.Shape;
        if (shape.Width is < 1 or > ushort.MaxValue || shape.Height is < 1 or > ushort.MaxValue || shape.Components is < 1 or > 4)
            throw new DicomCodecException($"JPEG-LS: {shape.Width}×{shape.Height} pixels of {shape.Components} samples cannot be encoded.");
        if (image.Precision is < 2 or > 16)
            throw new DicomCodecException($"JPEG-LS: samples of {image.Precision} bits cannot be encoded.");
        if (image.Samples.Length != (long)shape.Width * shape.Height * shape.Components)
            throw new DicomCodecException($"JPEG-LS: the image has {image.Samples.Length} samples, which its shape contradicts.");
        CodingParameters parameters = new(image.Precision, options.Near, default);
        EntropyBitWriter writer = new(image.Samples.Length);
        WriteHeaders(writer, image, options, parameters);
        InterleaveMode interleave = shape.Components == 1 ? InterleaveMode.None : options.Interleave;
        if (interleave == InterleaveMode.None)
        {
            for (int component = 0; component < shape.Components; component++)
                WriteScan(writer, image, options, parameters, new ScanHeader([component], options.Near, interleave));
        }
        else
        {
            int[] all = [.. Enumerable.Range(0, shape.Components)];
            WriteScan(writer, image, options, parameters, new ScanHeader(all, options.Near, interleave));
        }

        writer.WriteMarker(Marker.EndOfImage);
        return writer.ToArray();
    }

    private static void WriteHeaders(EntropyBitWriter writer, CodestreamImage image, JpegLsOptions options, CodingParameters parameters)
    {
        CodestreamShape shape = image.Shape;
        writer.WriteMarker(Marker.StartOfImage);
        List<byte> frame = [(byte)image.Precision, .. Word(shape.Height), .. Word(shape.Width), (byte)shape.Components];
        for (int component = 0; component < shape.Components; component++)
            frame.AddRange([(byte)(component + 1), 0x11, 0]);
        writer.WriteSegment(Marker.StartOfFrame, [.. frame]);
        if (image.Precision > LargestPrecisionOfSafeDefaults)
        {
            writer.WriteSegment(
                Marker.PresetParameters,
                [
                    1, .. Word(parameters.MaximumSampleValue), .. Word(parameters.Threshold1), .. Word(parameters.Threshold2),
                    .. Word(parameters.Threshold3), .. Word(parameters.Reset),
                ]);
        }

        if (options.RestartInterval > 0)
            writer.WriteSegment(Marker.RestartInterval, Word(options.RestartInterval));
    }

    private static void WriteScan(
        EntropyBitWriter writer, CodestreamImage image, JpegLsOptions options, CodingParameters parameters, ScanHeader scan)
    {
        List<byte> header = [(byte)scan.Components.Length];
        foreach (int component in scan.Components)
            header.AddRange([(byte)(component + 1), 0]);
        writer.WriteSegment(Marker.StartOfScan, [.. header, (byte)scan.Near, (byte)scan.Interleave, 0]);

        ScanEncoder encoder = new(writer, parameters, scan.Components.Length);
        LineBuffers lines = new(scan.Components.Length, image.Shape.Width);
        int interval = options.RestartInterval;
        for (int y = 0; y < image.Shape.Height; y++)
        {
            if (interval > 0 && y > 0 && y % interval == 0)
            {
                writer.WriteMarker((byte)(Marker.FirstRestart + (((y / interval) - 1) % 8)));
                encoder.Restart();
                lines.Clear();
            }

            lines.Advance();
            for (int i = 0; i < scan.Components.Length; i++)
                Load(image, y, scan.Components[i], lines.Current[i]);
            if (scan.Interleave == InterleaveMode.Sample)
                encoder.EncodeInterleavedLine(lines);
            else
                encoder.EncodeLines(lines);
        }
    }

    private static void Load(CodestreamImage image, int y, int component, int[] line)
    {
        int stride = image.Shape.Components, at = (y * image.Shape.Width * stride) + component;
        int mask = (1 << image.Precision) - 1, lowest = -(1 << (image.Precision - 1));
        for (int x = 1; x < line.Length - 1; x++, at += stride)
        {
            int sample = image.Samples[at];
            if (sample > mask || sample < lowest)
                throw new DicomCodecException($"JPEG-LS: a sample does not fit into {image.Precision} bits.");
            line[x] = sample & mask;
        }
    }

    private static byte[] Word(int value) => [(byte)(value >> 8), (byte)value];
}
