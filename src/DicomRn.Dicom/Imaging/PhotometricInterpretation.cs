namespace DicomRn.Dicom.Imaging;

/// <summary>Photometric Interpretation (0028,0004) (PS3.3 C.7.6.3.1.2).</summary>
public sealed class PhotometricInterpretation : IEquatable<PhotometricInterpretation>
{
    private PhotometricInterpretation(string value, string description, bool isColor)
    {
        Value = value;
        Description = description;
        IsColor = isColor;
    }

    /// <summary>Grayscale, the least value white.</summary>
    public static PhotometricInterpretation Monochrome1 { get; } = new("MONOCHROME1", "Grayscale, the least value white", false);

    /// <summary>Grayscale, the least value black.</summary>
    public static PhotometricInterpretation Monochrome2 { get; } = new("MONOCHROME2", "Grayscale, the least value black", false);

    /// <summary>Indices into a palette.</summary>
    public static PhotometricInterpretation PaletteColor { get; } = new("PALETTE COLOR", "Indices into a palette", true);

    /// <summary>Red, green, blue.</summary>
    public static PhotometricInterpretation Rgb { get; } = new("RGB", "Red, green, blue", true);

    /// <summary>Luminance and chrominance.</summary>
    public static PhotometricInterpretation YbrFull { get; } = new("YBR_FULL", "Luminance and chrominance", true);

    /// <summary>Luminance and chrominance, the latter at half the columns.</summary>
    public static PhotometricInterpretation YbrFull422 { get; } = new("YBR_FULL_422", "Luminance and chrominance, the latter at half the columns", true);

    /// <summary>Luminance and chrominance of reduced range, the latter at half the columns.</summary>
    public static PhotometricInterpretation YbrPartial422 { get; } = new("YBR_PARTIAL_422", "Luminance and chrominance of reduced range, the latter at half the columns", true);

    /// <summary>Luminance and chrominance of reduced range, the latter at half the columns and rows.</summary>
    public static PhotometricInterpretation YbrPartial420 { get; } = new("YBR_PARTIAL_420", "Luminance and chrominance of reduced range, the latter at half the columns and rows", true);

    /// <summary>Irreversible JPEG 2000 colour transform.</summary>
    public static PhotometricInterpretation YbrIct { get; } = new("YBR_ICT", "Irreversible JPEG 2000 colour transform", true);

    /// <summary>Reversible JPEG 2000 colour transform.</summary>
    public static PhotometricInterpretation YbrRct { get; } = new("YBR_RCT", "Reversible JPEG 2000 colour transform", true);

    /// <summary>The defined term.</summary>
    public string Value { get; }

    /// <summary>What it means.</summary>
    public string Description { get; }

    /// <summary>Whether pixels have a colour.</summary>
    public bool IsColor { get; }

    /// <summary>The interpretation with a defined term.</summary>
    /// <exception cref="DicomDataException">The term is unknown.</exception>
    public static PhotometricInterpretation Parse(string photometricInterpretation)
    {
        foreach (PhotometricInterpretation known in (ReadOnlySpan<PhotometricInterpretation>)[
            Monochrome1, Monochrome2, PaletteColor, Rgb, YbrFull, YbrFull422,
            YbrPartial422, YbrPartial420, YbrIct, YbrRct])
        {
            if (string.Equals(known.Value, photometricInterpretation?.Trim(), StringComparison.OrdinalIgnoreCase))
                return known;
        }

        throw new DicomDataException("The photometric interpretation is none that the standard defines (PS3.3 C.7.6.3.1.2).");
    }

    /// <inheritdoc />
    public bool Equals(PhotometricInterpretation? other) => Value == other?.Value;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PhotometricInterpretation);

    /// <inheritdoc />
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Description;

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(PhotometricInterpretation? left, PhotometricInterpretation? right) => Equals(left, right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(PhotometricInterpretation? left, PhotometricInterpretation? right) => !Equals(left, right);
}
