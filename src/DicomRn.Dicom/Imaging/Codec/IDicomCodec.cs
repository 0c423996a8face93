namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Decodes and encodes the frames of one transfer syntax.</summary>
public interface IDicomCodec
{
    /// <summary>Name of the transfer syntax.</summary>
    string Name { get; }

    /// <summary>The transfer syntax.</summary>
    DicomTransferSyntax TransferSyntax { get; }

    /// <summary>Parameters for encoding; null where there are none.</summary>
    DicomCodecParams? GetDefaultParameters();

    /// <summary>Encodes every frame.</summary>
    /// <param name="oldPixelData">Native frames.</param>
    /// <param name="newPixelData">Takes the compressed frames; its attributes are set to what they are in this syntax.</param>
    /// <param name="parameters">Parameters; null for the default.</param>
    /// <exception cref="DicomCodecException">The frames cannot be encoded in this syntax.</exception>
    void Encode(DicomPixelData oldPixelData, DicomPixelData newPixelData, DicomCodecParams? parameters);

    /// <summary>Decodes every frame.</summary>
    /// <param name="oldPixelData">Compressed frames.</param>
    /// <param name="newPixelData">Takes the native frames; its attributes are set to what the decoder yields.</param>
    /// <param name="parameters">Parameters; null for the default.</param>
    /// <exception cref="DicomCodecException">A frame is damaged, or is not what the data set says.</exception>
    void Decode(DicomPixelData oldPixelData, DicomPixelData newPixelData, DicomCodecParams? parameters);
}
