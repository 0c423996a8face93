using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>
/// Bounds on what a data set from outside may demand of this machine. A file beyond one of them is refused. They are settings:
/// <c>AppContext</c> data (runtimeconfig.json, or <see cref="AppContext.SetData"/>) named "DicomRn.Dicom." and the property.
/// </summary>
public sealed class DicomReadLimits
{
    private static DicomReadLimits? _default;

    /// <summary>The limits used where none are given: those that were set here, or in the <c>AppContext</c>, or the defaults below.</summary>
    /// <exception cref="DicomDataException">One in the <c>AppContext</c> is no number, or out of its range.</exception>
    public static DicomReadLimits Default
    {
        get => _default ?? new DicomReadLimits
        {
            MaximumSequenceDepth = (int)Setting("DicomRn.Dicom.MaximumSequenceDepth", 64, 500),
            MaximumElements = Setting("DicomRn.Dicom.MaximumElements", 10_000_000, long.MaxValue),
            MaximumInflatedSize = Setting("DicomRn.Dicom.MaximumInflatedSize", 2L << 30, long.MaxValue),
            MaximumValueInMemory = Setting("DicomRn.Dicom.MaximumValueInMemory", Array.MaxLength, Array.MaxLength),
        };
        set => _default = value;
    }

    /// <summary>How deep sequences may lie in one another; 64. Real objects need fewer than 10; more than 500 risk the stack.</summary>
    public int MaximumSequenceDepth { get; init; } = 64;

    /// <summary>How many elements and items a data set may have, those in sequences too; 10 million, which take about 2 GB.</summary>
    public long MaximumElements { get; init; } = 10_000_000;

    /// <summary>How many bytes a deflated data set may become; 2 GiB.</summary>
    public long MaximumInflatedSize { get; init; } = 2L << 30;

    /// <summary>How many bytes a value may have that is read into memory at once; 2 GiB less 64 bytes.</summary>
    public long MaximumValueInMemory { get; init; } = Array.MaxLength;

    internal static long Setting(string name, long usual, long highest)
    {
        object? data = AppContext.GetData(name);
        if (data is null)
            return usual;
        return long.TryParse(Convert.ToString(data, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            && value >= 1 && value <= highest
            ? value : throw new DicomDataException($"The setting {name} has to be a whole number from 1 to {highest}.");
    }
}
