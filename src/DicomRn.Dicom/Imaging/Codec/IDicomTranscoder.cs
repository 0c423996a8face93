using DicomRn.Dicom.Imaging.Render;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>Turns pixel data of one transfer syntax into another.</summary>
public interface IDicomTranscoder
{
    /// <summary>The transfer syntax to come from.</summary>
    DicomTransferSyntax InputSyntax { get; }

    /// <summary>Parameters of the decoder; null for the default.</summary>
    DicomCodecParams? InputCodecParams { get; }

    /// <summary>The transfer syntax to get to.</summary>
    DicomTransferSyntax OutputSyntax { get; }

    /// <summary>Parameters of the encoder; null for the default.</summary>
    DicomCodecParams? OutputCodecParams { get; }

    /// <summary>A copy of a file in the output syntax.</summary>
    /// <exception cref="DicomCodecException">It cannot be decoded or encoded.</exception>
    DicomFile Transcode(DicomFile file);

    /// <summary>A copy of a data set in the output syntax.</summary>
    /// <exception cref="DicomCodecException">It cannot be decoded or encoded.</exception>
    DicomDataset Transcode(DicomDataset dataset);

    /// <summary>The native pixels of frame number <paramref name="frame"/>, counted from 0.</summary>
    /// <exception cref="DicomCodecException">It cannot be decoded.</exception>
    IByteBuffer DecodeFrame(DicomDataset dataset, int frame);

    /// <summary>The pixels of frame number <paramref name="frame"/>, counted from 0, as values.</summary>
    /// <exception cref="DicomCodecException">It cannot be decoded.</exception>
    /// <exception cref="DicomDataException">Its pixels are of a form that cannot be read.</exception>
    IPixelData DecodePixelData(DicomDataset dataset, int frame);
}
