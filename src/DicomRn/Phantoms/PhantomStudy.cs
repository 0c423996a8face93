namespace DicomRn.Phantoms;

/// <summary>A phantom study on disk.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Truth">What is true of it.</param>
/// <param name="Files">Its DICOM files.</param>
internal sealed record PhantomStudy(string Folder, PhantomTruth Truth, IReadOnlyList<string> Files);
