namespace DicomRn.Dicom.IO.Reader;

/// <summary>Where reading stands when the caller is asked whether to stop.</summary>
public sealed class ParseState
{
    /// <summary>The element that comes next; its value has not been read.</summary>
    public DicomTag Tag { get; internal set; } = DicomTag.Unknown;

    /// <summary>The element before it; null at the beginning.</summary>
    public DicomTag? PreviousTag { get; internal set; }

    /// <summary>How many sequences lie around it.</summary>
    public int SequenceDepth { get; internal set; }
}
