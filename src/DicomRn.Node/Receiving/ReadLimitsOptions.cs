using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Receiving;

/// <summary>
/// What a data set may demand of the machine that reads it: the section <c>Receiving:ReadLimits</c>. A data set beyond one of
/// these bounds is refused. They hold for the whole program, what is read from disk included.
/// </summary>
public sealed class ReadLimitsOptions : IValidatedSettings
{
    /// <summary>How deep sequences may lie in one another. Default 64; real objects need fewer than 10.</summary>
    public int MaximumSequenceDepth { get; set; } = 64;

    /// <summary>How many elements and items a data set may have, those in sequences too; each takes up to about 200 bytes of memory. Default 10,000,000.</summary>
    public long MaximumElements { get; set; } = 10_000_000;

    /// <summary>How many bytes a deflated data set may become. Default 2,147,483,648.</summary>
    public long MaximumInflatedSize { get; set; } = 2_147_483_648;

    /// <summary>How many bytes a single value may have that is read into memory at once. Default 2,147,483,591, the most there can be.</summary>
    public long MaximumValueInMemory { get; set; } = Array.MaxLength;

    /// <inheritdoc/>
    public void Validate(SettingErrors errors)
    {
        errors.RequireRange(nameof(MaximumSequenceDepth), MaximumSequenceDepth, 8, 500);
        errors.RequireRange(nameof(MaximumElements), MaximumElements, 10_000, 1_000_000_000);
        errors.RequireRange(nameof(MaximumInflatedSize), MaximumInflatedSize, 1_048_576, 1L << 40);
        errors.RequireRange(nameof(MaximumValueInMemory), MaximumValueInMemory, 1_048_576, Array.MaxLength);
    }

    // The stack has no member for them that other stacks have too: it reads them from the application's context.
    internal void Apply()
    {
        AppContext.SetData("DicomRn.Dicom." + nameof(MaximumSequenceDepth), MaximumSequenceDepth);
        AppContext.SetData("DicomRn.Dicom." + nameof(MaximumElements), MaximumElements);
        AppContext.SetData("DicomRn.Dicom." + nameof(MaximumInflatedSize), MaximumInflatedSize);
        AppContext.SetData("DicomRn.Dicom." + nameof(MaximumValueInMemory), MaximumValueInMemory);
    }
}
