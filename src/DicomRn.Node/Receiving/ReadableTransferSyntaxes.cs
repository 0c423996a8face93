namespace DicomRn.Node.Receiving;

/// <summary>The transfer syntaxes of images that can be read: those without compression, and those for which there is a decoder.</summary>
internal static class ReadableTransferSyntaxes
{
    /// <summary>In order of preference.</summary>
    private static readonly DicomTransferSyntax[] Lossless =
    [
        DicomTransferSyntax.ImplicitVRLittleEndian,
        DicomTransferSyntax.ExplicitVRLittleEndian,
        DicomTransferSyntax.DeflatedExplicitVRLittleEndian,
        DicomTransferSyntax.RLELossless,
        DicomTransferSyntax.JPEGProcess14,
        DicomTransferSyntax.JPEGProcess14SV1,
        DicomTransferSyntax.JPEGLSLossless,
        DicomTransferSyntax.JPEG2000Lossless,
        DicomTransferSyntax.HTJ2KLossless,
        DicomTransferSyntax.HTJ2KLosslessRPCL,
        .. Named("1.2.840.10008.1.2.8.1"), // Deflated Image Frame Compression
        .. Named("1.2.840.10008.1.2.1.98"), // Encapsulated Uncompressed Explicit VR Little Endian
    ];

    private static readonly DicomTransferSyntax[] Lossy =
    [
        DicomTransferSyntax.JPEGProcess1,
        DicomTransferSyntax.JPEGProcess2_4,
        DicomTransferSyntax.JPEGLSNearLossless,
        DicomTransferSyntax.JPEG2000Lossy,
        DicomTransferSyntax.HTJ2K,
    ];

    /// <summary>The transfer syntaxes that the settings let in.</summary>
    public static DicomTransferSyntax[] Of(ReceivingOptions options)
    {
        DefaultTranscoderManager codecs = new();
        IEnumerable<DicomTransferSyntax> wanted =
        [
            .. Lossless,
            .. options.AcceptLossy ? Lossy : [],
            .. options.AcceptBigEndian ? [DicomTransferSyntax.ExplicitVRBigEndian] : Array.Empty<DicomTransferSyntax>(),
        ];
        return [.. wanted.Where(syntax => !syntax.IsEncapsulated || codecs.HasCodec(syntax))];
    }

    // A stack may know fewer names than the standard has.
    private static DicomTransferSyntax[] Named(string uid) => DicomTransferSyntax.Query(DicomUID.Parse(uid)) is { } syntax ? [syntax] : [];
}
