namespace DicomRn.Dicom.Imaging.Codec;

/// <summary>A native frame and its form.</summary>
/// <param name="Pixels">Cells, little endian.</param>
/// <param name="Form">What the attributes have to say.</param>
internal readonly record struct DecodedFrame(byte[] Pixels, DecodedForm Form);
