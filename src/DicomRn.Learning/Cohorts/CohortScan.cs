using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Nifti;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Cohorts;

/// <summary>The image and mask of a cohort's row, read, with the brain's intensities: input of the preprocessing that the node uses, too.</summary>
public sealed class CohortScan
{
    private readonly string _image;

    private CohortScan(string image, Volume<float> t1ce, Volume<byte>? lesionMask, IntensityNormalization normalization)
    {
        _image = image;
        Image = t1ce;
        LesionMask = lesionMask;
        Normalization = normalization;
    }

    /// <summary>T1 with contrast agent: the whole head or a sub-volume.</summary>
    public Volume<float> Image { get; }

    /// <summary>1 inside the lesion; null where none is marked.</summary>
    public Volume<byte>? LesionMask { get; }

    /// <summary>The brain's intensities: the row's own, else measured in the image.</summary>
    public IntensityNormalization Normalization { get; }

    /// <summary>Reads a row's files.</summary>
    /// <exception cref="CohortException">A file cannot be read, or no brain can be measured in the image; the message names the file.</exception>
    public static async Task<CohortScan> ReadAsync(CohortEntry entry, PreprocessingSettings settings, CancellationToken cancellationToken = default)
    {
        Volume<float> image = await ReadAsync(entry.Image, NiftiFile.ReadImageAsync, cancellationToken);
        Volume<byte>? mask = entry.Mask is null ? null : await ReadAsync(entry.Mask, NiftiFile.ReadMaskAsync, cancellationToken);
        IntensityNormalization normalization = (entry.BrainMedian is { } median ? new(median) : IntensityNormalization.Measure(image, settings))
            ?? throw new CohortException(entry.Image, "no brain can be measured in the image; a sub-volume needs a brain_median");
        return new CohortScan(entry.Image, image, mask, normalization);
    }

    /// <summary>The model's input for the lesion.</summary>
    /// <exception cref="CohortException">There is no mask, or it is empty.</exception>
    public LesionCrop LesionCrop(PreprocessingSettings settings)
    {
        if (LesionMask is null)
            throw new CohortException(_image, "no lesion is marked in this image");
        try
        {
            return LesionPreprocessor.Prepare(Image, LesionMask, Normalization, settings);
        }
        catch (ArgumentException empty)
        {
            throw new CohortException(_image, empty.Message);
        }
    }

    /// <summary>
    /// Model input around a point, whether or not a lesion is there: pre-training. A sub-volume of the crop's own size is taken as it is.
    /// </summary>
    /// <param name="centre">LPS, mm.</param>
    /// <param name="settings">Those of the model's pack.</param>
    public LesionCrop CropAt(PatientPoint centre, PreprocessingSettings settings) =>
        LesionPreprocessor.PrepareAt(Image, LesionMask, centre, Normalization, settings);

    private static async Task<T> ReadAsync<T>(string path, Func<string, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(path, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            string reason = unreadable.Message.StartsWith(path + ": ", StringComparison.Ordinal) ? unreadable.Message[(path.Length + 2)..] : unreadable.Message;
            throw new CohortException(path, reason);
        }
    }
}
