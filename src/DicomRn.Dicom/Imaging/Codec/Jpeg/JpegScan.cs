namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>The scan header (T.81 B.2.3) with the tables that it names.</summary>
/// <param name="Components">The components of this scan.</param>
/// <param name="Selection">Start of spectral selection; in lossless scans the predictor, 1–7.</param>
/// <param name="PointTransform">Point transform (low bits of the approximation byte).</param>
internal sealed record JpegScan(JpegScanComponent[] Components, int Selection, int PointTransform)
{
    /// <exception cref="DicomCodecException">It is damaged or names components and tables that there are not.</exception>
    public static JpegScan Parse(ReadOnlySpan<byte> body, JpegFrame frame, JpegTables tables)
    {
        int count = body.Length > 0 ? body[0] : 0;
        if (count is < 1 or > 4 || body.Length < 4 + (2 * count))
            throw new DicomCodecException("The JPEG scan header is damaged.");
        JpegScanComponent[] components = new JpegScanComponent[count];
        for (int i = 0; i < count; i++)
        {
            int id = body[1 + (2 * i)], selectors = body[2 + (2 * i)];
            JpegComponent component = Array.Find(frame.Components, c => c.Id == id)
                ?? throw new DicomCodecException($"A JPEG scan is of component {id}, which the frame has not.");
            components[i] = new JpegScanComponent(
                component,
                tables.Dc(selectors >> 4),
                frame.IsLossless ? null : tables.Ac(selectors & 15),
                frame.IsLossless ? [] : tables.Quantization(component.Quantization));
        }

        int selection = body[1 + (2 * count)], approximation = body[3 + (2 * count)];
        JpegScan scan = new(components, selection, approximation & 15);
        if (frame.IsLossless && (selection is < 1 or > 7 || scan.PointTransform >= frame.Precision))
            throw new DicomCodecException($"A lossless JPEG scan has predictor {selection} and point transform {scan.PointTransform}.");
        return scan;
    }
}
