namespace DicomRn.Dicom.IO.Writer;

/// <summary>Choices that the standard leaves to the writer.</summary>
public class DicomWriteOptions
{
    /// <summary>Undefined lengths of sequences and items, no group lengths.</summary>
    public static DicomWriteOptions Default { get; } = new();

    /// <summary>Whether group length elements are written, with the right value; otherwise they are left out. File meta always has one.</summary>
    public bool KeepGroupLengths { get; set; }

    /// <summary>Whether sequences have an explicit length rather than a delimiter.</summary>
    public bool ExplicitLengthSequences { get; set; }

    /// <summary>Whether items have an explicit length rather than a delimiter.</summary>
    public bool ExplicitLengthSequenceItems { get; set; }
}
