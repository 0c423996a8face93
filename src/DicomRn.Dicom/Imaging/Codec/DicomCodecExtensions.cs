namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Copies in another transfer syntax.</summary>
public static class DicomCodecExtensions
{
    /// <summary>A copy of a file in another transfer syntax.</summary>
    /// <param name="file">The file.</param>
    /// <param name="syntax">The transfer syntax of the copy.</param>
    /// <param name="parameters">Parameters of its encoder; null for the default.</param>
    /// <exception cref="DicomCodecException">It cannot be decoded or encoded.</exception>
    public static DicomFile Clone(this DicomFile file, DicomTransferSyntax syntax, DicomCodecParams? parameters = null) =>
        new DicomTranscoder(file.Dataset.InternalTransferSyntax, syntax, null, parameters).Transcode(file);

    /// <summary>A copy of a data set in another transfer syntax.</summary>
    /// <inheritdoc cref="Clone(DicomFile, DicomTransferSyntax, DicomCodecParams)" />
    /// <param name="dataset">The data set.</param>
    /// <param name="syntax">The transfer syntax of the copy.</param>
    /// <param name="parameters">Parameters of its encoder; null for the default.</param>
    public static DicomDataset Clone(this DicomDataset dataset, DicomTransferSyntax syntax, DicomCodecParams? parameters = null) =>
        new DicomTranscoder(dataset.InternalTransferSyntax, syntax, null, parameters).Transcode(dataset);
}
