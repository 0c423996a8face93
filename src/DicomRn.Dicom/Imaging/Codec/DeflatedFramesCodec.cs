using System.IO.Compression;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Native frames, each deflated by itself (RFC 1951; PS3.5 A.4, Deflated Image Frame Compression).</summary>
internal sealed class DeflatedFramesCodec(DicomTransferSyntax syntax) : FrameCodec(syntax)
{
    protected override DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels)
    {
        byte[] frame = new byte[layout.NativeBytes];
        using DeflateStream inflate = new(new MemoryStream(codestream), CompressionMode.Decompress);
        try
        {
            int read = inflate.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false);
            if (read < frame.Length)
                throw new DicomCodecException($"A deflated frame has {read} bytes where {frame.Length} are needed.");
        }
        catch (InvalidDataException e)
        {
            throw new DicomCodecException("A deflated frame is damaged.", e);
        }

        return new DecodedFrame(frame, DecodedForm.AsStated(pixels, layout));
    }

    protected override byte[] Encode(byte[] frame, FrameLayout layout)
    {
        MemoryStream deflated = new();
        using (DeflateStream deflate = new(deflated, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(frame);
        return deflated.ToArray();
    }
}
