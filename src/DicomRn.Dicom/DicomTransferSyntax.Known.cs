using DicomRn.Dicom.IO;

namespace DicomRn.Dicom;

public sealed partial class DicomTransferSyntax
{
    /// <summary>Implicit VR Little Endian.</summary>
    public static DicomTransferSyntax ImplicitVRLittleEndian { get; } =
        Add(DicomUID.ImplicitVRLittleEndian, isExplicitVR: false);

    /// <summary>Explicit VR Little Endian.</summary>
    public static DicomTransferSyntax ExplicitVRLittleEndian { get; } =
        Add(DicomUID.ExplicitVRLittleEndian);

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public static DicomTransferSyntax DeflatedExplicitVRLittleEndian { get; } =
        Add(DicomUID.DeflatedExplicitVRLittleEndian, isDeflate: true);

    /// <summary>Explicit VR Big Endian.</summary>
    public static DicomTransferSyntax ExplicitVRBigEndian { get; } =
        Add(DicomUID.ExplicitVRBigEndianRETIRED, endian: Endian.Big);

    /// <summary>JPEG Baseline (Process 1).</summary>
    public static DicomTransferSyntax JPEGProcess1 { get; } =
        Add(DicomUID.JPEGBaseline8Bit, isEncapsulated: true, lossyMethod: "ISO_10918_1");

    /// <summary>JPEG Extended (Process 2 and 4).</summary>
    public static DicomTransferSyntax JPEGProcess2_4 { get; } =
        Add(DicomUID.JPEGExtended12Bit, isEncapsulated: true, lossyMethod: "ISO_10918_1");

    /// <summary>JPEG Lossless, Non-Hierarchical (Process 14).</summary>
    public static DicomTransferSyntax JPEGProcess14 { get; } =
        Add(DicomUID.JPEGLossless, isEncapsulated: true);

    /// <summary>JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1]).</summary>
    public static DicomTransferSyntax JPEGProcess14SV1 { get; } =
        Add(DicomUID.JPEGLosslessSV1, isEncapsulated: true);

    /// <summary>JPEG-LS Lossless Image Compression.</summary>
    public static DicomTransferSyntax JPEGLSLossless { get; } =
        Add(DicomUID.JPEGLSLossless, isEncapsulated: true);

    /// <summary>JPEG-LS Lossy (Near-Lossless) Image Compression.</summary>
    public static DicomTransferSyntax JPEGLSNearLossless { get; } =
        Add(DicomUID.JPEGLSNearLossless, isEncapsulated: true, lossyMethod: "ISO_14495_1");

    /// <summary>JPEG 2000 Image Compression (Lossless Only).</summary>
    public static DicomTransferSyntax JPEG2000Lossless { get; } =
        Add(DicomUID.JPEG2000Lossless, isEncapsulated: true);

    /// <summary>JPEG 2000 Image Compression.</summary>
    public static DicomTransferSyntax JPEG2000Lossy { get; } =
        Add(DicomUID.JPEG2000, isEncapsulated: true, lossyMethod: "ISO_15444_1");

    /// <summary>JPEG 2000 Part 2 Multi-component Image Compression (Lossless Only).</summary>
    public static DicomTransferSyntax JPEG2000Part2MultiComponentLosslessOnly { get; } =
        Add(DicomUID.JPEG2000MCLossless, isEncapsulated: true);

    /// <summary>JPEG 2000 Part 2 Multi-component Image Compression.</summary>
    public static DicomTransferSyntax JPEG2000Part2MultiComponent { get; } =
        Add(DicomUID.JPEG2000MC, isEncapsulated: true, lossyMethod: "ISO_15444_2");

    /// <summary>JPIP Referenced.</summary>
    public static DicomTransferSyntax JPIPReferenced { get; } =
        Add(DicomUID.JPIPReferenced, isEncapsulated: true);

    /// <summary>JPIP Referenced Deflate.</summary>
    public static DicomTransferSyntax JPIPReferencedDeflate { get; } =
        Add(DicomUID.JPIPReferencedDeflate, isDeflate: true, isEncapsulated: true);

    /// <summary>MPEG2 Main Profile / Main Level.</summary>
    public static DicomTransferSyntax MPEG2 { get; } =
        Add(DicomUID.MPEG2MPML, isEncapsulated: true, lossyMethod: "ISO_13818_2");

    /// <summary>MPEG2 Main Profile / High Level.</summary>
    public static DicomTransferSyntax MPEG2MainProfileHighLevel { get; } =
        Add(DicomUID.MPEG2MPHL, isEncapsulated: true, lossyMethod: "ISO_13818_2");

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.1.</summary>
    public static DicomTransferSyntax MPEG4AVCH264HighProfileLevel41 { get; } =
        Add(DicomUID.MPEG4HP41, isEncapsulated: true, lossyMethod: "ISO_14496_10");

    /// <summary>MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1.</summary>
    public static DicomTransferSyntax MPEG4AVCH264BDCompatibleHighProfileLevel41 { get; } =
        Add(DicomUID.MPEG4HP41BD, isEncapsulated: true, lossyMethod: "ISO_14496_10");

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video.</summary>
    public static DicomTransferSyntax MPEG4AVCH264HighProfileLevel42For2DVideo { get; } =
        Add(DicomUID.MPEG4HP422D, isEncapsulated: true, lossyMethod: "ISO_14496_10");

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video.</summary>
    public static DicomTransferSyntax MPEG4AVCH264HighProfileLevel42For3DVideo { get; } =
        Add(DicomUID.MPEG4HP423D, isEncapsulated: true, lossyMethod: "ISO_14496_10");

    /// <summary>MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2.</summary>
    public static DicomTransferSyntax MPEG4AVCH264StereoHighProfileLevel42 { get; } =
        Add(DicomUID.MPEG4HP42STEREO, isEncapsulated: true, lossyMethod: "ISO_14496_10");

    /// <summary>HEVC/H.265 Main Profile / Level 5.1.</summary>
    public static DicomTransferSyntax HEVCH265MainProfileLevel51 { get; } =
        Add(DicomUID.HEVCMP51, isEncapsulated: true, lossyMethod: "ISO_23008_2");

    /// <summary>HEVC/H.265 Main 10 Profile / Level 5.1.</summary>
    public static DicomTransferSyntax HEVCH265Main10ProfileLevel51 { get; } =
        Add(DicomUID.HEVCM10P51, isEncapsulated: true, lossyMethod: "ISO_23008_2");

    /// <summary>RLE Lossless.</summary>
    public static DicomTransferSyntax RLELossless { get; } =
        Add(DicomUID.RLELossless, isEncapsulated: true);

    /// <summary>Encapsulated Uncompressed Explicit VR Little Endian.</summary>
    internal static DicomTransferSyntax EncapsulatedUncompressedExplicitVRLittleEndian { get; } =
        Add(DicomUID.EncapsulatedUncompressedExplicitVRLittleEndian, isEncapsulated: true);

    /// <summary>HTJ2KLossless.</summary>
    public static DicomTransferSyntax HTJ2KLossless { get; } =
        Add(DicomUID.HTJ2KLossless, isEncapsulated: true);

    /// <summary>HTJ2KLosslessRPCL.</summary>
    public static DicomTransferSyntax HTJ2KLosslessRPCL { get; } =
        Add(DicomUID.HTJ2KLosslessRPCL, isEncapsulated: true);

    /// <summary>HTJ2K.</summary>
    public static DicomTransferSyntax HTJ2K { get; } =
        Add(DicomUID.HTJ2K, isEncapsulated: true, lossyMethod: "ISO_15444_15");

    /// <summary>JPEGXLLossless.</summary>
    internal static DicomTransferSyntax JPEGXLLossless { get; } =
        Add(DicomUID.JPEGXLLossless, isEncapsulated: true);

    /// <summary>JPEGXLJPEGRecompression.</summary>
    internal static DicomTransferSyntax JPEGXLJPEGRecompression { get; } =
        Add(DicomUID.JPEGXLJPEGRecompression, isEncapsulated: true, lossyMethod: "ISO_18181_1");

    /// <summary>JPEGXL.</summary>
    internal static DicomTransferSyntax JPEGXL { get; } =
        Add(DicomUID.JPEGXL, isEncapsulated: true, lossyMethod: "ISO_18181_1");

    /// <summary>DeflatedImageFrameCompression.</summary>
    internal static DicomTransferSyntax DeflatedImageFrameCompression { get; } =
        Add(DicomUID.DeflatedImageFrameCompression, isEncapsulated: true);
}
