namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>
/// Decodes JPEG with Huffman coding: baseline and extended sequential DCT, 8 and 12 bits, and lossless with every predictor, 2 to 16 bits
/// (T.81; PS3.5 A.4.1, processes 1, 2, 4 and 14). Every component comes in just one scan, so that the work is bounded by the image.
/// </summary>
/// <remarks>
/// Our own, although the package JpegLibrary decodes the same processes. Version 0.4.32 was compared with this decoder and with DCMTK:
/// <list type="bullet">
/// <item>DCT, 8 and 12 bits: as exact and as complete. Lossless with predictor 1 or 4 and no restart interval: bit-exact.</item>
/// <item>Predictors 2, 3, 6 and 7 are wrong from the first line on, where T.81 H.1.2.1 has Ra whatever the predictor.</item>
/// <item>Predictors 5, 6 and 7 of 16 bits are wrong beyond 32767: the samples it predicts from are signed.</item>
/// <item>Lossless with restart intervals is wrong with every predictor: the image's last lines are not written where its last interval
/// is full, and with predictors other than 1 the line after a restart is predicted as any other.</item>
/// <item>Of 20,000 mutated frames none hung it, but 57 ended in an index, division or null reference failure of its own.</item>
/// <item>It takes its size from the frame, not from the data set, and a repeated scan is decoded as often as it comes.</item>
/// </list>
/// A lossless image that is wrong without a word is what this program must not show, so the package could take DCT only.
/// </remarks>
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
