namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Native frames in fragments (PS3.5 A.4.11).</summary>
internal sealed class NativeFramesCodec(DicomTransferSyntax syntax) : FrameCodec(syntax)
{
    protected override DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels)
    {
        if (codestream.Length < layout.FrameBytes)
            throw new DicomCodecException($"A frame has {codestream.Length} bytes where {layout.FrameBytes} are needed.");
        return new DecodedFrame(
            codestream.Length == layout.FrameBytes ? codestream : codestream[..layout.FrameBytes],
            DecodedForm.AsStated(pixels, layout));
    }

    protected override byte[] Encode(byte[] frame, FrameLayout layout) => frame;
}
