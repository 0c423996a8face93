namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>A decoded frame, the codestream's own colour transform undone.</summary>
/// <param name="Shape">Columns, rows, samples per pixel.</param>
/// <param name="Precision">Bits of a sample as the codestream's header has it, 1–32.</param>
/// <param name="IsSigned">Whether the header says that samples are signed.</param>
/// <param name="Samples">Row by row, the samples of a pixel side by side: <c>Width × Height × Components</c> values.</param>
internal sealed record CodestreamImage(CodestreamShape Shape, int Precision, bool IsSigned, int[] Samples);
