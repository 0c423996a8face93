namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>
/// Decodes JPEG with Huffman coding: baseline and extended sequential DCT, 8 and 12 bits, and lossless with every predictor, 2 to 16 bits
/// (T.81; PS3.5 A.4.1, processes 1, 2, 4 and 14). Every component comes in just one scan, so that the work is bounded by the image.
/// </summary>
internal static class JpegDecoder
{
    /// <param name="codestream">A frame, SOI to EOI; what follows is not looked at.</param>
    /// <param name="expected">What the data set says.</param>
    /// <exception cref="DicomCodecException">It is damaged, not what the data set says, or of another process.</exception>
    public static JpegImage Decode(ReadOnlySpan<byte> codestream, CodestreamShape expected)
    {
        if (codestream.Length < 2 || codestream[0] != 0xFF || codestream[1] != JpegMarker.StartOfImage)
            throw new DicomCodecException("The frame does not begin as JPEG does.");
        JpegTables tables = new();
        JpegFrame? frame = null;
        JpegColours colours = JpegColours.Unstated;
        int restartInterval = 0, at = 2, missing = 0;
        do
        {
            byte marker = NextMarker(codestream, ref at);
            if (marker == JpegMarker.EndOfImage)
                throw new DicomCodecException(frame is null ? "JPEG data without a frame." : $"JPEG data ends without {missing} of its components.");
            ReadOnlySpan<byte> body = Segment(codestream, ref at);
            switch (marker)
            {
                case JpegMarker.QuantizationTables:
                    tables.SetQuantization(body);
                    break;
                case JpegMarker.HuffmanTables:
                    tables.SetHuffman(body);
                    break;
                case JpegMarker.RestartInterval:
                    restartInterval = body.Length >= 2 ? (body[0] << 8) | body[1] : 0;
                    break;
                case JpegMarker.StartOfScan:
                    if (frame is null)
                        throw new DicomCodecException("A JPEG scan before the frame header.");
                    JpegScan scan = JpegScan.Parse(body, frame, tables);
                    at = frame.IsLossless
                        ? JpegLosslessScan.Decode(codestream, at, frame, scan, restartInterval)
                        : JpegSequentialScan.Decode(codestream, at, frame, scan, restartInterval);
                    missing -= scan.Components.Length;
                    break;
                case JpegMarker.App0 or JpegMarker.App14:
                    colours = Stated(marker, body) ?? colours;
                    break;
                case >= JpegMarker.BaselineDct and <= JpegMarker.LastStartOfFrame
                    and not (JpegMarker.JpegExtension or JpegMarker.ArithmeticConditioning):
                    if (frame is not null)
                        throw new DicomCodecException("JPEG data with two frame headers.");
                    frame = JpegFrame.Parse(marker, body, expected);
                    missing = frame.Components.Length;
                    break;
            }
        }
        while (frame is null || missing > 0);

        CodestreamImage image = new(expected, frame.Precision, IsSigned: false, JpegUpsampling.Interleave(frame));
        return new JpegImage(image, frame.IsLossless, Colours(frame, colours));
    }

    /// <summary>Goes past the next marker that has a segment, or EOI.</summary>
    private static byte NextMarker(ReadOnlySpan<byte> data, ref int at)
    {
        while (at + 1 < data.Length)
        {
            byte code = data[at + 1];
            bool alone = code is 0 or 0xFF or JpegMarker.Temporary or JpegMarker.StartOfImage
                or (>= JpegMarker.Restart0 and <= JpegMarker.Restart7);
            if (data[at] == 0xFF && !alone)
            {
                at += 2;
                return code;
            }

            at++;
        }

        throw new DicomCodecException("JPEG data ends too early.");
    }

    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> data, ref int at)
    {
        int length = at + 2 <= data.Length ? (data[at] << 8) | data[at + 1] : 0;
        if (length < 2 || at + length > data.Length)
            throw new DicomCodecException("A JPEG marker segment is cut off.");
        ReadOnlySpan<byte> body = data.Slice(at + 2, length - 2);
        at += length;
        return body;
    }

    // Adobe's segment ends with the transform: 0 none, 1 YCbCr. JFIF knows no RGB.
    private static JpegColours? Stated(byte marker, ReadOnlySpan<byte> body) => marker switch
    {
        JpegMarker.App0 when body.StartsWith("JFIF\0"u8) => JpegColours.Ybr,
        JpegMarker.App14 when body.Length >= 12 && body.StartsWith("Adobe"u8) => body[11] == 0 ? JpegColours.Rgb : JpegColours.Ybr,
        _ => null,
    };

    private static JpegColours Colours(JpegFrame frame, JpegColours stated)
    {
        if (frame.Components.Length != 3 || stated != JpegColours.Unstated)
            return stated;
        if (!frame.IsFullySampled)
            return JpegColours.Ybr;
        return frame.Components is [{ Id: 'R' }, { Id: 'G' }, { Id: 'B' }] ? JpegColours.Rgb : JpegColours.Unstated;
    }
}
