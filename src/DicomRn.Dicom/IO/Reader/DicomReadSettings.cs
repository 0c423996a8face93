namespace DicomRn.Dicom.IO.Reader;

/// <summary>How a data set is read.</summary>
internal sealed record DicomReadSettings
{
    public const int DefaultLargeObjectSize = 64 * 1024;

    public FileReadOption Option { get; init; } = FileReadOption.ReadLargeOnDemand;

    /// <summary>Values of more bytes are large.</summary>
    public int LargeObjectSize { get; init; } = DefaultLargeObjectSize;

    /// <summary>Ends reading before an element when it answers true.</summary>
    public Func<ParseState, bool>? Stop { get; init; }

    public DicomReadLimits Limits { get; init; } = DicomReadLimits.Default;
}
