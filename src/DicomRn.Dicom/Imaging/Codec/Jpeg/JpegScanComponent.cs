namespace DicomRn.Dicom.Imaging.Codec.Jpeg;

/// <summary>A component with the tables of its scan.</summary>
/// <param name="Component">The component.</param>
/// <param name="Dc">Huffman table of DC differences, or of lossless differences.</param>
/// <param name="Ac">Huffman table of AC coefficients; null in lossless scans.</param>
/// <param name="Quantization">Quantization steps in zig-zag order; empty in lossless scans.</param>
internal sealed record JpegScanComponent(JpegComponent Component, JpegHuffmanTable Dc, JpegHuffmanTable? Ac, ushort[] Quantization);
