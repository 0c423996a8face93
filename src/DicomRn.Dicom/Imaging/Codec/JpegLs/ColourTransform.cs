namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>
/// The colour transforms that Hewlett-Packard's coder announces in an APP8 segment "mrfx". They are no part of ITU-T T.87, yet
/// codestreams with them exist; each is undone modulo the number of sample values.
/// </summary>
internal static class ColourTransform
{
    /// <summary>The number of the transform that an APP8 segment announces (0 is none), null where it is another segment.</summary>
    /// <exception cref="DicomCodecException">A transform that is not known.</exception>
    public static int? Parse(ReadOnlySpan<byte> segment)
    {
        if (segment.Length != 5 || !segment.StartsWith("mrfx"u8))
            return null;
        return segment[4] <= 3 ? segment[4] : throw new DicomCodecException($"JPEG-LS: colour transform {segment[4]} is not known.");
    }

    /// <summary>Turns the transformed samples of an image into red, green and blue.</summary>
    /// <exception cref="DicomCodecException">An image that the transforms are not defined for.</exception>
    public static void Undo(int transform, int components, int precision, Span<int> samples)
    {
        if (transform == 0)
            return;
        if (components != 3 || precision is not (8 or 16))
            throw new DicomCodecException($"JPEG-LS: a colour transform of {components} components of {precision} bits is not defined.");
        int mask = (1 << precision) - 1, half = 1 << (precision - 1), quarter = half / 2;
        for (int i = 0; i + 2 < samples.Length; i += 3)
        {
            int first = samples[i], second = samples[i + 1], third = samples[i + 2];
            int red, green, blue;
            switch (transform)
            {
                case 1:
                    green = second;
                    red = (first + green - half) & mask;
                    blue = (third + green - half) & mask;
                    break;
                case 2:
                    green = second;
                    red = (first + green - half) & mask;
                    blue = (third + ((red + green) >> 1) - half) & mask;
                    break;
                default:
                    green = (first - ((third + second) >> 2) + quarter) & mask;
                    red = (third + green - half) & mask;
                    blue = (second + green - half) & mask;
                    break;
            }

            samples[i] = red;
            samples[i + 1] = green;
            samples[i + 2] = blue;
        }
    }
}
