using System.Buffers.Binary;

namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>
/// Decodes JPEG-LS (ITU-T T.87), lossless and near-lossless: 2 to 16 bits, any interleave mode, preset parameters, restart
/// intervals. Mapping tables, point transforms and sub-sampled components are refused.
/// </summary>
internal static class JpegLsDecoder
{
    /// <summary>Decodes one frame.</summary>
    /// <param name="codestream">From SOI, or a SPIFF header, on; what follows the last scan is not looked at.</param>
    /// <param name="expected">The size that the data set says; another one is refused before anything is allocated.</param>
    /// <returns>
    /// Samples as the codestream has them: unsigned, of the header's precision, <c>IsSigned</c> false. JPEG-LS knows no signed
    /// samples; in an image whose Pixel Representation is 1 the codewords are two's complement in Bits Stored (PS3.5 8.2.3), for the
    /// caller to sign-extend.
    /// </returns>
    /// <exception cref="DicomCodecException">The codestream is damaged, cut short, of another size, or not supported.</exception>
    public static CodestreamImage Decode(ReadOnlySpan<byte> codestream, CodestreamShape expected)
    {
        CodestreamReader reader = new(codestream);
        JpegLsHeaders headers = new();
        if (reader.ReadMarker() != Marker.StartOfImage)
            throw new DicomCodecException("JPEG-LS: the codestream does not begin with SOI.");
        int[] samples = [];
        bool[] isDecoded = new bool[expected.Components];
        while (isDecoded.Contains(false))
        {
            byte marker = reader.ReadMarker();
            if (marker == Marker.StartOfImage && headers.Frame is null)
                continue; // A SPIFF header ends with an SOI of its own (ITU-T T.84 F.2.1).
            if (marker == Marker.EndOfImage)
                throw new DicomCodecException("JPEG-LS: the codestream ends before its image is complete.");
            ReadOnlySpan<byte> segment = reader.ReadSegment();
            if (marker != Marker.StartOfScan)
            {
                headers.Read(marker, segment);
                continue;
            }

            ScanHeader scan = headers.ReadScan(segment);
            FrameHeader frame = headers.Frame!;
            expected.Require(frame.Width, frame.Height == 0 ? expected.Height : frame.Height, frame.ComponentIds.Length);
            if (samples.Length == 0)
                samples = Allocate(expected, codestream.Length);
            bool isFirst = !isDecoded.Contains(true);
            DecodeScan(ref reader, codestream, headers, scan, expected, samples);
            foreach (int component in scan.Components)
                isDecoded[component] = true;
            if (isFirst && frame.Height == 0)
                RequireNumberOfLines(ref reader, expected);
        }

        int precision = headers.Frame!.Precision;
        ColourTransform.Undo(headers.ColourTransform, expected.Components, precision, samples);
        return new CodestreamImage(expected, precision, IsSigned: false, samples);
    }

    private static int[] Allocate(CodestreamShape shape, int codestreamLength)
    {
        long count = (long)shape.Width * shape.Height * shape.Components;
        if (count == 0 || count > Array.MaxLength)
            throw new DicomCodecException($"JPEG-LS: a frame of {shape.Width}×{shape.Height} pixels cannot be held.");
        // Even in one long run, every line takes a bit.
        if (shape.Height > 8L * codestreamLength)
            throw new DicomCodecException("JPEG-LS: the codestream ends before its image is complete.");
        return new int[count];
    }

    private static void DecodeScan(
        ref CodestreamReader reader, ReadOnlySpan<byte> data, JpegLsHeaders headers, ScanHeader scan, CodestreamShape shape, int[] samples)
    {
        CodingParameters parameters = new(headers.Frame!.Precision, scan.Near, headers.Preset);
        LineBuffers lines = new(scan.Components.Length, shape.Width);
        ScanDecoder decoder = new(data, reader.Position, parameters, scan.Components.Length);
        int interval = headers.RestartInterval == 0 ? shape.Height : headers.RestartInterval;
        int restarts = 0;
        for (int y = 0, left = interval; y < shape.Height; y++, left--)
        {
            if (left == 0)
            {
                reader.SkipEntropyData(decoder.Position);
                RequireRestart(reader.ReadMarker(), restarts++ % 8);
                decoder.Restart(reader.Position);
                lines.Clear();
                left = interval;
            }

            lines.Advance();
            if (scan.Interleave == InterleaveMode.Sample)
                decoder.DecodeInterleavedLine(lines);
            else
                decoder.DecodeLines(lines);
            for (int i = 0; i < scan.Components.Length; i++)
                Store(lines.Current[i], samples, (y * shape.Width * shape.Components) + scan.Components[i], shape.Components);
        }

        reader.SkipEntropyData(decoder.Position);
    }

    private static void Store(int[] line, int[] samples, int at, int stride)
    {
        if (stride == 1)
        {
            line.AsSpan(1, line.Length - 2).CopyTo(samples.AsSpan(at));
            return;
        }

        for (int x = 1; x < line.Length - 1; x++, at += stride)
            samples[at] = line[x];
    }

    private static void RequireRestart(byte marker, int number)
    {
        if (marker != Marker.FirstRestart + number)
            throw new DicomCodecException($"JPEG-LS: marker FF{marker:X2} stands where restart marker {number} is due.");
    }

    private static void RequireNumberOfLines(ref CodestreamReader reader, CodestreamShape expected)
    {
        if (reader.ReadMarker() != Marker.NumberOfLines)
            throw new DicomCodecException("JPEG-LS: neither the frame header nor a DNL segment tells the number of lines.");
        ReadOnlySpan<byte> segment = reader.ReadSegment();
        if (segment.Length != 2)
            throw new DicomCodecException("JPEG-LS: the DNL segment is damaged.");
        expected.Require(expected.Width, BinaryPrimitives.ReadUInt16BigEndian(segment), expected.Components);
    }
}
