using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing;

/// <summary>One parser, as an input reaches it.</summary>
internal abstract class FuzzTarget(string name)
{
    /// <summary>What it is called on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>What an execution may allocate.</summary>
    public abstract MemoryBound Memory { get; }

    /// <summary>Whether work goes on in other threads, so that the whole process's allocations are counted.</summary>
    public virtual bool UsesOtherThreads => false;

    /// <summary>How inputs are changed, besides the changes that know no format.</summary>
    public virtual IReadOnlyList<IMutation> Mutations => [];

    /// <summary>Valid inputs.</summary>
    /// <param name="files">DICOM files to take some from.</param>
    public abstract IEnumerable<byte[]> Seeds(IReadOnlyList<byte[]> files);

    /// <summary>Parses an input; what the parser documents comes out as an exception, and so does everything else.</summary>
    public abstract ValueTask ExecuteAsync(byte[] input);

    /// <summary>Whether an exception is one that the parser documents.</summary>
    public virtual bool IsRefusal(Exception exception) => exception is DicomException;
}
