namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>JPEG baseline, extended and lossless (PS3.5 A.4.1, 8.2.1). Lossy colour images come out as RGB.</summary>
internal sealed class DicomJpegCodec(DicomTransferSyntax syntax) : FrameCodec(syntax)
{
    public override bool CanEncode => false;

    protected override DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels)
    {
        JpegImage jpeg = JpegDecoder.Decode(codestream, layout.Shape);
        PhotometricInterpretation photometric = pixels.PhotometricInterpretation;
        if (layout.Shape.Components == 3)
        {
            if (!jpeg.IsLossless && IsYbr(jpeg.Colours, photometric))
                YbrToRgb(jpeg.Image);
            photometric = jpeg.IsLossless ? DecodedForm.WithEverySample(photometric) : PhotometricInterpretation.Rgb;
        }

        DecodedForm form = new(photometric, IsPlanar: false, !jpeg.IsLossless);
        return new DecodedFrame(SampleCells.Write(jpeg.Image, layout), form);
    }

    protected override byte[] Encode(byte[] frame, FrameLayout layout) =>
        throw new DicomCodecException($"{Name} can be decoded but not encoded.");

    // What the codestream says is right where data sets are not: many say RGB and hold luminance and chrominance.
    private static bool IsYbr(JpegColours stated, PhotometricInterpretation photometric) => stated switch
    {
        JpegColours.Rgb => false,
        JpegColours.Ybr => true,
        _ => photometric != PhotometricInterpretation.Rgb,
    };

    // PS3.3 C.7.6.3.1.2 (YBR_FULL), after ITU-R BT.601.
    private static void YbrToRgb(CodestreamImage image)
    {
        int middle = 1 << (image.Precision - 1), most = (1 << image.Precision) - 1;
        int[] samples = image.Samples;
        for (int i = 0; i + 2 < samples.Length; i += 3)
        {
            float y = samples[i] + 0.5f, blue = samples[i + 1] - middle, red = samples[i + 2] - middle;
            samples[i] = (int)Math.Clamp(y + (1.402f * red), 0, most);
            samples[i + 1] = (int)Math.Clamp(y - (0.344136f * blue) - (0.714136f * red), 0, most);
            samples[i + 2] = (int)Math.Clamp(y + (1.772f * blue), 0, most);
        }
    }
}
