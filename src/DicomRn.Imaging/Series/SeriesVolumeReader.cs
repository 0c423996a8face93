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
        string[] files = [.. paths];
        (DicomDataset, string?)[] images = new (DicomDataset, string?)[files.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, files.Length), cancellationToken, (n, _) =>
        {
            images[n] = (DicomFile.Open(files[n], FileReadOption.ReadLargeOnDemand).Dataset, files[n]);
            return ValueTask.CompletedTask;
        });
        return Read(images, stack, cancellationToken);
    }

    /// <summary>Makes the volume of data sets that are images of one series.</summary>
    /// <exception cref="SeriesGeometryException">The images form no volume.</exception>
    public static SeriesVolume Read(IEnumerable<DicomDataset> images, CancellationToken cancellationToken = default) =>
        Read([.. images.Select(d => (d, (string?)null))], null, cancellationToken);

    /// <summary>The grid of a series and the instances of its slices, from their attributes; of the pixels none are read but where images lie at one position.</summary>
    /// <param name="images">The images of one series with their paths, where they are files.</param>
    /// <param name="stack">Which stack, from 1, where the series has several; null for the only volume.</param>
    /// <exception cref="SeriesGeometryException">The images form no volume, or there is no such stack.</exception>
    public static SeriesGrid ReadGrid(IReadOnlyList<(DicomDataset Dataset, string? Path)> images, int? stack)
    {
        ArrangedSlices arranged = Arrange(images, stack);
        return new SeriesGrid(SeriesOf(arranged, images[0].Dataset), arranged.Notes);
    }

    private static ArrangedSlices Arrange(IReadOnlyList<(DicomDataset Dataset, string? Path)> images, int? stack)
    {
        if (images.Count == 0)
            throw new SeriesGeometryException(SeriesGeometryReason.NoImages, "There are no images.");
        string name = "series " + images[0].Dataset.Text(DicomTag.SeriesInstanceUID);
        RequireOneSeries([.. images.Select(i => i.Dataset)], name);
        return ArrangedSlices.Of([.. images.SelectMany(i => SliceSource.Of(i.Dataset, i.Path))], stack, name);
    }

    private static ImageSeries SeriesOf(ArrangedSlices arranged, DicomDataset any) => new()
    {
        Geometry = arranged.Grid,
        StudyInstanceUid = any.Text(DicomTag.StudyInstanceUID),
        SeriesInstanceUid = any.Text(DicomTag.SeriesInstanceUID),
        FrameOfReferenceUid = any.Text(DicomTag.FrameOfReferenceUID),
        Instances = [.. arranged.Slices.Select(s => s.ToInstance())],
    };

    private static SeriesVolume Read((DicomDataset Dataset, string? Path)[] images, int? stack, CancellationToken cancellationToken)
    {
        ArrangedSlices arranged = Arrange(images, stack);
        DicomDataset any = images[0].Dataset;
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
            Series = SeriesOf(arranged, any),
            Modality = any.Text(DicomTag.Modality),
            Lossy = LossyCompression.OfAny(images.Select(i => i.Dataset)),
            FirstDataset = slices[0].Dataset,
            Notes = arranged.Notes,
        };
    }

    private static void RequireOneSeries(DicomDataset[] images, string name)
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
