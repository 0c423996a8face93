using DicomRn.Dicom.Imaging.Codec.Jpeg;
using DicomRn.Dicom.Imaging.Codec.Jpeg2000;
using DicomRn.Dicom.Imaging.Codec.JpegLs;
using DicomRn.Dicom.Imaging.Codec.Rle;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>The codecs of this library, all of them managed code.</summary>
public sealed class DefaultTranscoderManager : TranscoderManager
{
    /// <summary>All codecs.</summary>
    public DefaultTranscoderManager() => LoadCodecs();

    /// <summary>The one that <see cref="DicomTranscoder"/> asks.</summary>
    internal static DefaultTranscoderManager Instance { get; } = new();

    /// <summary>Loads the codecs that are built in.</summary>
    /// <exception cref="NotSupportedException">Assemblies are named: codecs of others are not loaded into this process.</exception>
    public override void LoadCodecs(string? path = null, string? search = null)
    {
        if (path is not null || search is not null)
            throw new NotSupportedException("Codecs are built in; none are loaded from other assemblies.");
        Add(new DicomRleCodec());
        Add(new DicomJpegCodec(DicomTransferSyntax.JPEGProcess1));
        Add(new DicomJpegCodec(DicomTransferSyntax.JPEGProcess2_4));
        Add(new DicomJpegCodec(DicomTransferSyntax.JPEGProcess14));
        Add(new DicomJpegCodec(DicomTransferSyntax.JPEGProcess14SV1));
        Add(new CodestreamCodec(DicomTransferSyntax.JPEG2000Lossless, Jpeg2000Decoder.Decode));
        Add(new CodestreamCodec(DicomTransferSyntax.JPEG2000Lossy, Jpeg2000Decoder.Decode));
        Add(new CodestreamCodec(DicomTransferSyntax.HTJ2KLossless, Jpeg2000Decoder.Decode));
        Add(new CodestreamCodec(DicomTransferSyntax.HTJ2KLosslessRPCL, Jpeg2000Decoder.Decode));
        Add(new CodestreamCodec(DicomTransferSyntax.HTJ2K, Jpeg2000Decoder.Decode));
        Add(new CodestreamCodec(DicomTransferSyntax.JPEGLSLossless, JpegLsDecoder.Decode, JpegLsEncoder.Encode));
        Add(new CodestreamCodec(DicomTransferSyntax.JPEGLSNearLossless, JpegLsDecoder.Decode));
        Add(new NativeFramesCodec(DicomTransferSyntax.EncapsulatedUncompressedExplicitVRLittleEndian));
        Add(new DeflatedFramesCodec(DicomTransferSyntax.DeflatedImageFrameCompression));
    }

    private void Add(IDicomCodec codec) => Codecs[codec.TransferSyntax] = codec;
}
