using DicomRn.Fuzzing.Targets;

namespace DicomRn.Fuzzing;

/// <summary>Every parser that reads what others wrote.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new DatasetTarget("explicit", DicomTransferSyntax.ExplicitVRLittleEndian),
        new DatasetTarget("implicit", DicomTransferSyntax.ImplicitVRLittleEndian),
        new DatasetTarget("big-endian", DicomTransferSyntax.ExplicitVRBigEndian),
        new DatasetTarget("deflated", DicomTransferSyntax.DeflatedExplicitVRLittleEndian),
        new FileTarget(),
        new JsonTarget(),
        new ResponseTarget(),
        new AssociationTarget(),
        .. Codecs.Where(codec => codec.IsThere),
        new StructureSetTarget(),
        new SegmentationTarget(),
        new VolumeFileTarget("nifti", isNrrd: false),
        new VolumeFileTarget("nrrd", isNrrd: true),
    ];

    private static IEnumerable<CodecTarget> Codecs =>
    [
        new CodecTarget("rle", DicomTransferSyntax.RLELossless),
        new CodecTarget("deflated-frame", DicomTransferSyntax.DeflatedImageFrameCompression),
        new CodecTarget("jpeg-baseline", DicomTransferSyntax.JPEGProcess1),
        new CodecTarget("jpeg-extended", DicomTransferSyntax.JPEGProcess2_4),
        new CodecTarget("jpeg-lossless", DicomTransferSyntax.JPEGProcess14SV1, DicomTransferSyntax.JPEGProcess14),
        new CodecTarget("jpeg-ls", DicomTransferSyntax.JPEGLSLossless, DicomTransferSyntax.JPEGLSNearLossless),
        new CodecTarget("jpeg-2000", DicomTransferSyntax.JPEG2000Lossless, DicomTransferSyntax.JPEG2000Lossy),
        new CodecTarget("htj2k", DicomTransferSyntax.HTJ2KLossless, DicomTransferSyntax.HTJ2KLosslessRPCL, DicomTransferSyntax.HTJ2K),
    ];

    /// <summary>All targets, or the one of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IReadOnlyList<FuzzTarget> Named(string name)
    {
        FuzzTarget[] targets = [.. All.Where(target => name == "all" || target.Name == name)];
        return targets.Length > 0 ? targets : throw new ArgumentException($"There is no target '{name}'.", nameof(name));
    }
}
