using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Segmentation;

/// <summary>
/// A DICOM Segmentation (PS3.3 A.51) in patient space: BINARY, FRACTIONAL or label map. Frames are placed by their plane position and
/// orientation, per frame or shared, never by their order.
/// </summary>
public sealed class SegmentationObject
{
    internal SegmentationObject(IReadOnlyList<SegmentFrame> frames, SegmentPixels pixels) => (Frames, Pixels) = (frames, pixels);

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Study Instance UID (0020,000D).</summary>
    public required string StudyInstanceUid { get; init; }

    /// <summary>Series Instance UID (0020,000E) of the segmentation itself.</summary>
    public required string SeriesInstanceUid { get; init; }

    /// <summary>Frame of Reference UID (0020,0052); empty where the file has none.</summary>
    public required string FrameOfReferenceUid { get; init; }

    /// <summary>How the pixels are meant.</summary>
    public required SegmentationType Type { get; init; }

    /// <summary>Series Instance UIDs of Referenced Series Sequence: of the images segmented.</summary>
    public required IReadOnlyList<string> ReferencedSeriesUids { get; init; }

    /// <summary>SOP Instance UIDs of the images segmented, from the references and the derivations.</summary>
    public required IReadOnlyList<string> ReferencedSopInstanceUids { get; init; }

    /// <summary>In the order of Segment Sequence; the background of a label map (number 0) is not among them.</summary>
    public required IReadOnlyList<SegmentDescription> Segments { get; init; }

    internal IReadOnlyList<SegmentFrame> Frames { get; }

    internal SegmentPixels Pixels { get; }

    /// <summary>Reads a segmentation.</summary>
    /// <exception cref="InvalidDataException">It is no segmentation, has no place in patient space, or is damaged; the message says what.</exception>
    public static SegmentationObject Read(DicomDataset dataset) => SegmentationReader.Read(dataset);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">As <see cref="Read"/>; the message names the file.</exception>
    /// <exception cref="DicomFileException">The file is not DICOM.</exception>
    public static async Task<SegmentationObject> ReadFileAsync(string path, CancellationToken cancellationToken = default)
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

    /// <summary>A segment on the grid of an image in the same frame of reference.</summary>
    /// <remarks>
    /// Frames that lie on slices of the grid are copied pixel for pixel; others are resampled in patient space to the nearest voxel, said so.
    /// </remarks>
    /// <param name="segment">Segment Number.</param>
    /// <param name="grid">Any orientation.</param>
    /// <exception cref="ArgumentException">There is no such segment.</exception>
    /// <exception cref="SeriesGeometryException">The frames lie neither on slices of the grid nor on a regular grid of their own.</exception>
    public SegmentMask Mask(int segment, VolumeGeometry grid) => SegmentPlacement.On(this, segment, grid);

    /// <summary>A segment on the grid that the frames of all segments form.</summary>
    /// <param name="segment">Segment Number.</param>
    /// <exception cref="ArgumentException">There is no such segment.</exception>
    /// <exception cref="SeriesGeometryException">The frames form no regular grid; missing frames are allowed.</exception>
    public SegmentMask MaskOnOwnGrid(int segment) => SegmentPlacement.On(this, segment, OwnGrid(), mayResample: false);

    /// <summary>The regular grid on which all frames lie; slices without a frame are part of it.</summary>
    /// <exception cref="SeriesGeometryException">There is none.</exception>
    public VolumeGeometry OwnGrid() => FrameGrid.Of(Frames, SpacingBetweenSlices, "segmentation " + SopInstanceUid);

    internal double? SpacingBetweenSlices { get; init; }
}
