using System.Runtime.ExceptionServices;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Series;

/// <summary>
/// Reads the images of one series into a volume: single-frame images, or frames of enhanced and legacy converted multi-frame ones. Slices are
/// ordered by their position along the slice normal, in any orientation; the tolerances are those of <see cref="SeriesGeometry"/>. Several stacks,
/// temporal positions, echoes and the like in one series are told apart by their attributes; between several volumes nothing here chooses.
/// </summary>
public static class SeriesVolumeReader
{
    private static readonly DicomTag[] Identity = [DicomTag.StudyInstanceUID, DicomTag.SeriesInstanceUID, DicomTag.FrameOfReferenceUID];

    /// <summary>Reads the files of one series; pixels are loaded slice by slice.</summary>
    /// <exception cref="SeriesGeometryException">The images form no volume.</exception>
    /// <exception cref="DicomFileException">A file is not DICOM.</exception>
    public static Task<SeriesVolume> ReadFilesAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        ReadFilesAsync(paths, null, cancellationToken);

    /// <summary>Reads one stack of the files of one series.</summary>
    /// <param name="paths">The files of the series.</param>
    /// <param name="stack">Which one, from 1, as the message of <see cref="SeriesGeometryReason.SeveralVolumes"/> counts them; null for the only volume.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SeriesGeometryException">The images form no volume, or there is no such stack.</exception>
    /// <exception cref="DicomFileException">A file is not DICOM.</exception>
    public static async Task<SeriesVolume> ReadFilesAsync(IEnumerable<string> paths, int? stack, CancellationToken cancellationToken)
    {
        List<(DicomDataset, string?)> images = [];
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DicomFile file = await DicomFile.OpenAsync(path, FileReadOption.ReadLargeOnDemand);
            images.Add((file.Dataset, path));
        }

        return Read(images, stack, cancellationToken);
    }

    /// <summary>Makes the volume of data sets that are images of one series.</summary>
    /// <exception cref="SeriesGeometryException">The images form no volume.</exception>
    public static SeriesVolume Read(IEnumerable<DicomDataset> images, CancellationToken cancellationToken = default) =>
        Read([.. images.Select(d => (d, (string?)null))], null, cancellationToken);

    private static SeriesVolume Read(List<(DicomDataset Dataset, string? Path)> images, int? stack, CancellationToken cancellationToken)
    {
        if (images.Count == 0)
            throw new SeriesGeometryException(SeriesGeometryReason.NoImages, "There are no images.");
        DicomDataset any = images[0].Dataset;
        string name = "series " + any.Text(DicomTag.SeriesInstanceUID);
        RequireOneSeries(images.ConvertAll(i => i.Dataset), name);
        ArrangedSlices arranged = ArrangedSlices.Of([.. images.SelectMany(i => SliceSource.Of(i.Dataset, i.Path))], stack, name);
        IReadOnlyList<SliceSource> slices = arranged.Slices;
        Volume<float> volume = new(arranged.Grid);
        try
        {
            Parallel.For(0, slices.Count, new ParallelOptions { CancellationToken = cancellationToken }, k => slices[k].Load(volume.Slice(k)));
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
                Geometry = arranged.Grid,
                StudyInstanceUid = any.Text(DicomTag.StudyInstanceUID),
                SeriesInstanceUid = any.Text(DicomTag.SeriesInstanceUID),
                FrameOfReferenceUid = any.Text(DicomTag.FrameOfReferenceUID),
                Instances = [.. slices.Select(s => s.ToInstance())],
            },
            Modality = any.Text(DicomTag.Modality),
            Lossy = LossyCompression.OfAny(images.Select(i => i.Dataset)),
            FirstDataset = slices[0].Dataset,
            Notes = arranged.Notes,
        };
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
