using DicomRn.Imaging.Series;

namespace DicomRn.Imaging.Export;

/// <summary>
/// Writes masks as a Segmentation (PS3.3 A.51, BINARY). Every segment has a frame for every slice of the source images, in slice
/// order, the empty ones too: viewers that count frames would else shift the overlay. Patient and study are those of the source.
/// </summary>
public sealed record SegmentationExport
{
    /// <summary>The images segmented; patient and study attributes come from its first data set.</summary>
    public required SeriesVolume Source { get; init; }

    /// <summary>Numbered from 1 in this order; at least one.</summary>
    public required IReadOnlyList<SegmentDefinition> Segments { get; init; }

    /// <summary>SOP Instance UID.</summary>
    public required string SopInstanceUid { get; init; }

    /// <summary>Series of the segmentation; its own, not that of the images.</summary>
    public required ExportSeries Series { get; init; }

    /// <summary>The program that writes it.</summary>
    public required ExportEquipment Equipment { get; init; }

    /// <summary>Contributing Equipment Sequence.</summary>
    public IReadOnlyList<ContributingEquipment> Contributors { get; init; } = [];

    /// <summary>Instance Number.</summary>
    public int InstanceNumber { get; init; } = 1;

    /// <summary>Content Label, a code string of up to 16 characters.</summary>
    public string ContentLabel { get; init; } = "SEGMENTATION";

    /// <summary>Content Description, up to 64 characters; may be empty.</summary>
    public string ContentDescription { get; init; } = "";

    /// <summary>Content Creator's Name; may be empty.</summary>
    public string ContentCreatorName { get; init; } = "";

    /// <summary>Writes the file.</summary>
    /// <exception cref="ArgumentException">There is no segment, or a mask is empty or not on the grid of the source.</exception>
    public async Task WriteAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await ToDicomFile().SaveAsync(path);
    }

    /// <summary>Makes the object; attributes may be added to its data set before it is saved.</summary>
    /// <exception cref="ArgumentException">There is no segment, or a mask is empty or not on the grid of the source.</exception>
    public DicomFile ToDicomFile()
    {
        Check();
        DicomDataset dataset = ExportModules.NewDataset();
        dataset.AddOrUpdate(DicomTag.SOPClassUID, DicomUID.SegmentationStorage);
        dataset.AddOrUpdate(DicomTag.SOPInstanceUID, SopInstanceUid);
        SourceModules.Copy(Source.FirstDataset, dataset);
        dataset.AddSeries("SEG", Series);
        dataset.AddFrameOfReference(Source.Series.FrameOfReferenceUid);
        dataset.AddEquipment(Equipment);
        if (Contributors.Count > 0)
            dataset.AddOrUpdate(new DicomSequence(DicomTag.ContributingEquipmentSequence, [.. Contributors.Select(c => c.ToDataset())]));
        AddContent(dataset);
        AddReferences(dataset);
        SegmentFrames.Add(dataset, this);
        return new DicomFile(dataset);
    }

    private void Check()
    {
        if (Segments.Count == 0)
            throw new ArgumentException("A segmentation needs a segment.");
        foreach (SegmentDefinition segment in Segments)
        {
            if (!segment.Mask.Geometry.Coincides(Source.Volume.Geometry))
                throw new ArgumentException($"The mask of {segment.Label} is not on the grid of the source images.");
            if (!segment.Mask.Voxels.AsSpan().ContainsAnyExcept((byte)0))
                throw new ArgumentException($"The mask of {segment.Label} is empty.");
        }
    }

    private void AddContent(DicomDataset dataset)
    {
        dataset.AddOrUpdate(DicomTag.ImageType, "DERIVED", "PRIMARY");
        dataset.AddOrUpdate(DicomTag.InstanceNumber, InstanceNumber);
        dataset.AddOrUpdate(DicomTag.ContentDate, ExportModules.Date(Series.Date));
        dataset.AddOrUpdate(DicomTag.ContentTime, ExportModules.Time(Series.Date));
        dataset.AddOrUpdate(DicomTag.ContentLabel, ContentLabel);
        dataset.AddOrUpdate(DicomTag.ContentDescription, ContentDescription);
        dataset.AddOrUpdate(DicomTag.ContentCreatorName, ContentCreatorName);
        LossyCompression.Write(Source.Lossy, dataset);
        dataset.AddOrUpdate(DicomTag.BurnedInAnnotation, "NO");
        dataset.AddOrUpdate(DicomTag.SegmentationType, "BINARY");
        dataset.AddOrUpdate(DicomTag.SegmentsOverlap, Overlap() ? "YES" : "NO");
        dataset.AddOrUpdate(new DicomSequence(DicomTag.SegmentSequence, [.. Segments.Select(SegmentItem.Of)]));
    }

    private bool Overlap()
    {
        byte[] seen = new byte[Source.Volume.Voxels.Length];
        foreach (SegmentDefinition segment in Segments)
        {
            for (int n = 0; n < seen.Length; n++)
            {
                if (segment.Mask.Voxels[n] == 0)
                    continue;
                if (seen[n] != 0)
                    return true;
                seen[n] = 1;
            }
        }

        return false;
    }

    private void AddReferences(DicomDataset dataset)
    {
        IEnumerable<SourceInstance> instances = Source.Series.Instances.DistinctBy(i => i.SopInstanceUid);
        dataset.AddOrUpdate(new DicomSequence(DicomTag.ReferencedSeriesSequence, new DicomDataset
        {
            { DicomTag.SeriesInstanceUID, Source.Series.SeriesInstanceUid },
            new DicomSequence(
                DicomTag.ReferencedInstanceSequence,
                [.. instances.Select(i => ExportModules.Reference(i.SopClassUid, i.SopInstanceUid))]),
        }));
    }
}
