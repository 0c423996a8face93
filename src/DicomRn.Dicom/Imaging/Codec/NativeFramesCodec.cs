namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Native frames in fragments (PS3.5 A.4.11).</summary>
internal sealed class NativeFramesCodec(DicomTransferSyntax syntax) : FrameCodec(syntax)
{
    protected override DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels)
    {
        if (codestream.Length < layout.NativeBytes)
            throw new DicomCodecException($"A frame has {codestream.Length} bytes where {layout.NativeBytes} are needed.");
        return new DecodedFrame(
            codestream.Length == layout.NativeBytes ? codestream : codestream[..layout.NativeBytes],
            DecodedForm.AsStated(pixels, layout));
    }

    protected override byte[] Encode(byte[] frame, FrameLayout layout) => frame;
}
