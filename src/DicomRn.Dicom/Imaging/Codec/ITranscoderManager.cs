namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Knows the codecs.</summary>
public interface ITranscoderManager
{
    /// <summary>Whether there is a codec for an encapsulated transfer syntax.</summary>
    bool HasCodec(DicomTransferSyntax syntax);

    /// <summary>Whether there is a codec for each of the two that is encapsulated.</summary>
    bool CanTranscode(DicomTransferSyntax inSyntax, DicomTransferSyntax outSyntax);

    /// <summary>The codec of a transfer syntax.</summary>
    /// <exception cref="DicomCodecException">There is none.</exception>
    IDicomCodec GetCodec(DicomTransferSyntax syntax);

    /// <summary>Loads codecs.</summary>
    /// <param name="path">A folder of assemblies; null for the codecs that are built in.</param>
    /// <param name="search">A search pattern for assemblies.</param>
    void LoadCodecs(string? path = null, string? search = null);
}
