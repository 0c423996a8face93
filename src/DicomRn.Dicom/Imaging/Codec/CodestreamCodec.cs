namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Decodes a codestream into samples.</summary>
internal delegate CodestreamImage DecodeCodestream(ReadOnlySpan<byte> codestream, CodestreamShape expected);

/// <summary>Encodes samples.</summary>
internal delegate byte[] EncodeCodestream(CodestreamImage image);

/// <summary>A codec whose frames are codestreams that describe themselves: JPEG-LS, JPEG 2000, lossless JPEG.</summary>
internal sealed class CodestreamCodec(DicomTransferSyntax syntax, DecodeCodestream decode, EncodeCodestream? encode = null)
    : FrameCodec(syntax)
{
    public override bool CanEncode => encode is not null;

    protected override DecodedFrame Decode(byte[] codestream, FrameLayout layout, DicomPixelData pixels)
    {
        CodestreamImage image = decode(codestream, layout.Shape);
        DecodedForm form = new(
            AfterDecoding(pixels.PhotometricInterpretation),
            IsPlanar: false,
            TransferSyntax.IsLossy && LossyCodestream.IsLossy(codestream));
        return new DecodedFrame(SampleCells.Write(image, layout), form);
    }

    protected override byte[] Encode(byte[] frame, FrameLayout layout) => encode!(SampleCells.Read(frame, layout));

    protected override void AfterEncoding(DicomPixelData pixels)
    {
        if (pixels.SamplesPerPixel > 1)
            pixels.PlanarConfiguration = PlanarConfiguration.Interleaved;
    }

    // The decoder has undone the codestream's own transform; chrominance comes at every pixel.
    private static PhotometricInterpretation AfterDecoding(PhotometricInterpretation stated) => stated.Value switch
    {
        "YBR_RCT" or "YBR_ICT" => PhotometricInterpretation.Rgb,
        _ => DecodedForm.WithEverySample(stated),
    };
}
