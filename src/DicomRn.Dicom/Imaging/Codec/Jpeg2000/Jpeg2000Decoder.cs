namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>
/// Decodes JPEG 2000 Part 1 (ITU-T T.800) and High-Throughput JPEG 2000 (ITU-T T.814) codestreams, bare or in a JP2 file. A
/// codestream that lacks data is refused: a part of a medical image must not pass for all of it.
/// </summary>
internal static class Jpeg2000Decoder
{
    /// <summary>Decodes a frame.</summary>
    /// <param name="codestream">The codestream.</param>
    /// <param name="expected">What the data set says; a header that says otherwise is refused before memory is allocated.</param>
    /// <returns>
    /// The samples: exact in reversible coding; in irreversible coding in the middle of the quantization's intervals, rounded and
    /// clamped to the sample's range.
    /// </returns>
    /// <exception cref="DicomCodecException">The codestream is damaged, incomplete, or beyond what is supported.</exception>
    public static CodestreamImage Decode(ReadOnlySpan<byte> codestream, CodestreamShape expected)
    {
        Codestream parsed = Codestream.Read(Jp2Container.FindCodestream(codestream).ToArray(), expected);
        ImageAndTileSize size = parsed.Size;
        long count = (long)expected.Width * expected.Height * expected.Components;
        if (count > Array.MaxLength)
            throw new DicomCodecException($"A frame of {count} samples is too large.");
        int[] samples = new int[count];
        TileDecoder decoder = new(parsed, samples);
        foreach (TileParts tile in parsed.Tiles)
            decoder.Decode(tile);
        return new CodestreamImage(expected, size.Precision, size.IsSigned, samples);
    }
}
