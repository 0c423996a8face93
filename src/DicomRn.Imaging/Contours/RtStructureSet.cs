namespace DicomRn.Imaging.Contours;

/// <summary>An RT Structure Set (PS3.3 A.19): regions of interest as contours, and the images they were drawn on.</summary>
public sealed record RtStructureSet
{
    /// <summary>SOP Instance UID (0008,0018).</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Study Instance UID (0020,000D) of the structure set itself.</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Series Instance UID (0020,000E) of the structure set itself.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Structure Set Label (3006,0002).</summary>
    public string Label { get; init; } = "";

    /// <summary>Frame of Reference UIDs of Referenced Frame of Reference Sequence and of the ROIs, each once.</summary>
    public IReadOnlyList<string> FrameOfReferenceUids { get; init; } = [];

    /// <summary>Study Instance UIDs of RT Referenced Study Sequence.</summary>
    public IReadOnlyList<string> ReferencedStudyUids { get; init; } = [];

    /// <summary>Series Instance UIDs of RT Referenced Series Sequence: of the images the contours were drawn on.</summary>
    public IReadOnlyList<string> ReferencedSeriesUids { get; init; } = [];

    /// <summary>SOP Instance UIDs of the Contour Image Sequences of the referenced series.</summary>
    public IReadOnlyList<string> ReferencedSopInstanceUids { get; init; } = [];

    /// <summary>In the order of Structure Set ROI Sequence.</summary>
    public IReadOnlyList<RtRoi> Rois { get; init; } = [];

    /// <summary>Reads a structure set; what is Type 3 or malformed but not needed may be absent.</summary>
    /// <exception cref="InvalidDataException">The data set is no RT Structure Set.</exception>
    public static RtStructureSet Read(DicomDataset dataset) => RtStructureSetReader.Read(dataset);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is no RT Structure Set; the message names it.</exception>
    /// <exception cref="DicomFileException">The file is not DICOM.</exception>
    public static async Task<RtStructureSet> ReadFileAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DicomFile file = await DicomFile.OpenAsync(path);
        try
        {
            return Read(file.Dataset);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }
}
