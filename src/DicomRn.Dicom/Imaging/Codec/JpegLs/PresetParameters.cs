namespace DicomRn.Dicom.Imaging.Codec.JpegLs;

/// <summary>The preset coding parameters of an LSE segment (ITU-T T.87 C.2.4.1.1); 0 asks for the default.</summary>
/// <param name="MaximumSampleValue">MAXVAL.</param>
/// <param name="Threshold1">T1.</param>
/// <param name="Threshold2">T2.</param>
/// <param name="Threshold3">T3.</param>
/// <param name="Reset">RESET, at which count the context counters are halved.</param>
internal readonly record struct PresetParameters(int MaximumSampleValue, int Threshold1, int Threshold2, int Threshold3, int Reset);
