using DicomRn.Imaging.Series;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Node.Matching;

/// <summary>
/// Regions of an RT Structure Set or Segmentation of another frame of reference on the grid of a series, carried over by registration
/// objects as the node does: rigid before deformable, along chains, in both directions.
/// </summary>
/// <param name="Regions">Those that could be carried over; a region may be empty on the grid.</param>
/// <param name="Notes">Registrations that were left out, and why.</param>
public sealed record CarriedContours(IReadOnlyList<CarriedRegion> Regions, IReadOnlyList<string> Notes)
{
    /// <summary>Carries the regions over.</summary>
    /// <param name="series">The series.</param>
    /// <param name="contours">Path of the structure set or segmentation.</param>
    /// <param name="registrations">Paths of Spatial and Deformable Spatial Registrations.</param>
    /// <param name="images">Paths of images that a registration may name instead of a frame of reference.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">The contours cannot be read, or a region cannot be laid onto the grid.</exception>
    /// <exception cref="DicomFileException">A file is not DICOM.</exception>
    public static async Task<CarriedContours> LayAsync(
        SeriesVolume series, string contours, IEnumerable<string> registrations, IEnumerable<string> images, CancellationToken cancellationToken)
    {
        StudyFile file = await OpenAsync(contours);
        List<StudyFile> files = [];
        foreach (string path in registrations.Concat(images))
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(await OpenAsync(path));
        }

        StudyFiles known = StudyFiles.Of(files);
        ContourSource source = StudyFiles.IsSegmentation(file.SopClassUid) ? SegmentationContours.Read(file) : StructureSetContours.Read(file);
        ContourCarrying carrying = new(new RegistrationSettings { RegisterHere = false });
        string here = series.Series.FrameOfReferenceUid;
        List<CarriedRegion> regions = [];
        List<string> notes = [];
        foreach (IGrouping<string, ContourRoi> frame in source.Rois.Where(r => r.FrameOfReferenceUid.Length > 0 && r.FrameOfReferenceUid != here).GroupBy(r => r.FrameOfReferenceUid))
        {
            CarryingOutcome found = await carrying.FindAsync(series, frame.Key, [], known, cancellationToken);
            notes.AddRange(found.Notes);
            if (found is { Reason: null, Registration: { } registration })
                regions.AddRange(frame.Select(roi => Lay(roi, found, registration, series)));
        }

        return new CarriedContours(regions, [.. notes.Distinct()]);
    }

    private static CarriedRegion Lay(ContourRoi roi, CarryingOutcome found, MatchedRegistration registration, SeriesVolume series)
    {
        string here = series.Series.FrameOfReferenceUid;
        ContourRoi carried = found.Deformation?.Carry(roi, here) ?? ContourCarrying.Carry(roi, here, registration.Transform());
        RoiMask mask;
        try
        {
            mask = carried.ToMask(series.Volume.Geometry);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"region {roi.Roi.Number} cannot be carried over: {e.Message}", e);
        }

        return new CarriedRegion
        {
            Number = roi.Roi.Number,
            Name = roi.Roi.Name,
            Type = roi.Roi.InterpretedType,
            Mask = mask.Mask,
            Voxels = mask.Voxels,
            PartInside = mask.Inside,
            Warnings = mask.Warnings,
            RegistrationUids = [.. registration.Received.Select(r => r.SopInstanceUid)],
        };
    }

    private static async Task<StudyFile> OpenAsync(string path) => new(path, (await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand)).Dataset);
}

/// <summary>A region that was carried over.</summary>
public sealed record CarriedRegion
{
    /// <summary>ROI or segment number.</summary>
    public required int Number { get; init; }

    /// <summary>ROI name or segment label.</summary>
    public required string Name { get; init; }

    /// <summary>RT ROI Interpreted Type; ABNORMAL for a segment of a morphologically abnormal structure; empty where unknown.</summary>
    public required string Type { get; init; }

    /// <summary>1 inside, on the grid of the series.</summary>
    public required Volume<byte> Mask { get; init; }

    /// <summary>Voxels inside.</summary>
    public required long Voxels { get; init; }

    /// <summary>Part of the region that lies inside the grid, 0 to 1.</summary>
    public required double PartInside { get; init; }

    /// <summary>What a person should know, as sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The registration objects that carried it, in order.</summary>
    public required IReadOnlyList<string> RegistrationUids { get; init; }
}
