namespace DicomRn.Dicom.Imaging.Codec.Rle;

/// <summary>RLE Lossless (PS3.5 Annex G).</summary>
internal sealed class DicomRleCodec() : FrameCodec(DicomTransferSyntax.RLELossless)
{
    protected override DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels) =>
        new(RleDecoder.Decode(codestream, layout), DecodedForm.WithEverySample(pixels, layout));

    protected override byte[] Encode(byte[] frame, FrameLayout layout) => RleEncoder.Encode(frame, layout);
}
