namespace DicomRn.Dicom.IO;

/// <summary>A file that a <see cref="DicomFile"/> was read from or written to.</summary>
public interface IFileReference
{
    /// <summary>Its path.</summary>
    string Name { get; }

    /// <summary>Whether it is there.</summary>
    bool Exists { get; }

    /// <summary>Deletes it.</summary>
    void Delete();

    /// <summary>
    /// Moves it, within a volume by renaming it; <see cref="Name"/> is its new path from then on. Values that were left in the
    /// file when it was read are no longer found.
    /// </summary>
    /// <param name="dstFileName">Its new path.</param>
    /// <param name="overwrite">Whether it takes the place of a file that has this path.</param>
    /// <exception cref="IOException">It cannot be moved.</exception>
    void Move(string dstFileName, bool overwrite = false);
}
