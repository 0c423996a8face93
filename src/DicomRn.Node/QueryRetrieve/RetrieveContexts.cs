namespace DicomRn.Node.QueryRetrieve;

/// <summary>
/// What a C-GET proposes: one association has 128 presentation contexts, fewer than there are storage SOP classes with the transfer
/// syntaxes they are kept in. The classes of neuroimaging come first, with the compressed syntaxes one by one, so that the peer
/// can send what it has without decompressing it; the others uncompressed.
/// </summary>
internal static class RetrieveContexts
{
    // One is left for the C-GET itself.
    private const int Most = 127;

    private static readonly DicomUID[] Foremost =
    [
        DicomUID.MRImageStorage, DicomUID.EnhancedMRImageStorage, DicomUID.CTImageStorage, DicomUID.EnhancedCTImageStorage,
        DicomUID.SecondaryCaptureImageStorage, DicomUID.PositronEmissionTomographyImageStorage,
    ];

    internal static readonly DicomTransferSyntax[] Uncompressed =
        [DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian];

    internal static readonly DicomTransferSyntax[] Compressed =
    [
        DicomTransferSyntax.JPEGProcess14SV1, DicomTransferSyntax.JPEGLSLossless, DicomTransferSyntax.JPEG2000Lossless,
        DicomTransferSyntax.RLELossless, DicomTransferSyntax.JPEGProcess1, DicomTransferSyntax.JPEG2000Lossy,
    ];

    public static IReadOnlyList<DicomPresentationContext> Create()
    {
        IEnumerable<DicomPresentationContext> foremost = Foremost.SelectMany(uid => Compressed
            .Select(syntax => Context(uid, syntax))
            .Prepend(Context(uid, Uncompressed)));
        IEnumerable<DicomPresentationContext> others = DicomUID.Enumerate()
            .Where(uid => uid.Type == DicomUidType.SOPClass && !uid.IsRetired && uid.StorageCategory != DicomStorageCategory.None)
            .Where(uid => !Foremost.Contains(uid))
            .OrderBy(uid => Rank(uid.StorageCategory))
            .ThenBy(uid => uid.UID, StringComparer.Ordinal)
            .Select(uid => Context(uid, Uncompressed));
        return [.. foremost.Concat(others).Take(Most)];
    }

    /// <summary>For some classes only: images with the compressed syntaxes one by one, others uncompressed.</summary>
    /// <param name="images">Classes of images.</param>
    /// <param name="others">Other classes.</param>
    public static IReadOnlyList<DicomPresentationContext> For(IEnumerable<DicomUID> images, IEnumerable<DicomUID> others) =>
    [
        .. others.Select(uid => Context(uid, Uncompressed)),
        .. images.SelectMany(uid => Compressed.Select(syntax => Context(uid, syntax)).Prepend(Context(uid, Uncompressed))),
    ];

    private static int Rank(DicomStorageCategory category) => category switch
    {
        DicomStorageCategory.Volume or DicomStorageCategory.Image => 1,
        DicomStorageCategory.StructuredReport or DicomStorageCategory.Document => 2,
        DicomStorageCategory.Other or DicomStorageCategory.Raw => 0,
        _ => 3,
    };

    private static DicomPresentationContext Context(DicomUID uid, params DicomTransferSyntax[] syntaxes) =>
        DicomPresentationContext.GetScpRolePresentationContext(uid, syntaxes);
}
