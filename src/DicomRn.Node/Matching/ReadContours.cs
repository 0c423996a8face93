namespace DicomRn.Node.Matching;

/// <summary>The contours of a study that could be read.</summary>
/// <param name="Sources">Those that could.</param>
/// <param name="Notes">Those that could not, with the reason.</param>
internal sealed record ReadContours(IReadOnlyList<ContourSource> Sources, IReadOnlyList<string> Notes)
{
    /// <summary>Reads all structure sets and segmentations.</summary>
    public static ReadContours Of(StudyFiles files)
    {
        List<ContourSource> sources = [];
        List<string> notes = [];
        foreach (StudyFile file in files.Contours)
        {
            try
            {
                sources.Add(StudyFiles.IsSegmentation(file.SopClassUid) ? SegmentationContours.Read(file) : StructureSetContours.Read(file));
            }
            catch (Exception e) when (e is InvalidDataException or DicomException)
            {
                notes.Add($"{Path.GetFileName(file.Path)} could not be read and was left out: {e.Message}");
            }
        }

        return new ReadContours(sources, notes);
    }
}
