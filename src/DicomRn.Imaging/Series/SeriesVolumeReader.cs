using System.Runtime.ExceptionServices;
using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Series;

/// <summary>
/// Reads the single-frame images of one series into a volume. Slices are ordered by their position along the slice
/// normal, in any orientation; the tolerances are those of <see cref="SeriesGeometry"/>.
/// </summary>
public static class SeriesVolumeReader
{
    private static readonly DicomTag[] Identity = [DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.FrameOfReferenceUID];

    /// <summary>Reads the files of one series; pixels are loaded slice by slice.</summary>
    /// <exception cref="SeriesGeometryException">The images form no volume.</exception>
    /// <exception cref="DicomFileException">A file is not DICOM.</exception>
    public static async Task<SeriesVolume> ReadFilesAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        List<(DicomDataset, string?)> images = [];
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DicomFile file = await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand);
            images.Add((file.Dataset, path));
        }

        return Read(images, cancellationToken);
    }

    /// <summary>Makes the volume of data sets that are images of one series.</summary>
    /// <exception cref="SeriesGeometryException">The images form no volume.</exception>
    public static SeriesVolume Read(IEnumerable<DicomDataset> images, CancellationToken cancellationToken = default) =>
        Read([.. images.Select(d => (d, (string?)null))], cancellationToken);

    private static SeriesVolume Read(List<(DicomDataset Dataset, string? Path)> images, CancellationToken cancellationToken)
    {
        if (images.Count == 0)
            throw new SeriesGeometryException(SeriesGeometryReason.NoImages, "There are no images.");
        DicomDataset any = images[0].Dataset;
        string name = "series " + any.Text(DicomTag.SeriesInstanceUID);
        RequireOneSeries(images.ConvertAll(i => i.Dataset), name);
        SlicePlane[] planes = [.. images.Select(i => Plane(i.Dataset, i.Path))];
        (VolumeGeometry grid, int[] order) = SeriesGeometry.Of(planes, name);
        Volume<float> volume = new(grid);
        try
        {
            Parallel.For(0, order.Length, new ParallelOptions { CancellationToken = cancellationToken }, k =>
            {
                (DicomDataset dataset, string? path) = images[order[k]];
                LoadSlice(dataset, path ?? dataset.Describe(), volume.Slice(k));
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return new SeriesVolume
        {
            Volume = volume,
            Series = new ImageSeries
            {
                Geometry = grid,
                StudyInstanceUid = any.Text(DicomTag.StudyInstanceUID),
                SeriesInstanceUid = any.Text(DicomTag.SeriesInstanceUID),
                FrameOfReferenceUid = any.Text(DicomTag.FrameOfReferenceUID),
                Instances = [.. order.Select(n => Instance(images[n].Dataset, images[n].Path, planes[n]))],
            },
            Modality = any.Text(DicomTag.Modality),
            FirstDataset = images[order[0]].Dataset,
        };
    }

    private static SourceInstance Instance(DicomDataset dataset, string? path, SlicePlane plane) => new()
    {
        SopClassUid = dataset.Text(DicomTag.SOPClassUID),
        SopInstanceUid = dataset.Text(DicomTag.SOPInstanceUID),
        InstanceNumber = dataset.Integer(DicomTag.InstanceNumber),
        Position = plane.Position,
        Path = path,
    };

    private static SlicePlane Plane(DicomDataset dataset, string? path)
    {
        string name = path ?? dataset.Describe();
        int frames = dataset.Integer(DicomTag.NumberOfFrames) ?? 1;
        if (frames > 1)
            throw SeriesGeometry.Refuse(SeriesGeometryReason.MissingAttributes, name, $"a multi-frame image of {frames} frames, where single-frame images are read");
        return SlicePlane.From(dataset) ?? throw SeriesGeometry.Refuse(
            SeriesGeometryReason.MissingAttributes, name,
            $"Rows, Columns, Pixel Spacing, Image Position (Patient) or Image Orientation (Patient) is missing or malformed");
    }

    private static void LoadSlice(DicomDataset dataset, string name, Span<float> slice)
    {
        StoredPixels stored = StoredPixels.Of(dataset, name);
        if (dataset.GetDicomItem<DicomElement>(DicomTag.PixelData) is not { } pixels)
            throw SeriesGeometry.Refuse(SeriesGeometryReason.UnreadablePixels, name, $"it has no pixel data");
        stored.Decode(pixels.Buffer.Data, slice, name);
    }

    private static void RequireOneSeries(List<DicomDataset> images, string name)
    {
        foreach (DicomTag tag in Identity)
        {
            string[] values = [.. images.Select(d => d.Text(tag)).Distinct()];
            if (values.Length > 1)
            {
                throw SeriesGeometry.Refuse(
                    SeriesGeometryReason.SeveralSeries, name,
                    $"the images have {values.Length} values of {tag.DictionaryEntry.Name}: {string.Join(", ", values)}");
            }
        }
    }
}
