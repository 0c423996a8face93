namespace DicomRn.Imaging;

/// <summary>An sRGB colour of 8 bits a channel.</summary>
public readonly record struct RgbColor(byte R, byte G, byte B);
