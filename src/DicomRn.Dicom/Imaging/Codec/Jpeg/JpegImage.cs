namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>A decoded JPEG codestream and what it tells of its colours.</summary>
/// <param name="Image">Samples.</param>
/// <param name="IsLossless">Whether the process is lossless.</param>
/// <param name="Colours">What the codestream says that three components are.</param>
internal sealed record JpegImage(CodestreamImage Image, bool IsLossless, JpegColours Colours);
