using DicomRn.Learning.Preprocessing;

namespace DicomRn.Learning.Training;

/// <summary>One labelled lesion ready for a model; images are held in half precision, as thousands of them are.</summary>
internal sealed class LesionSample
{
    private readonly Half[] _image;
    private readonly byte[] _mask;

    private readonly PatchTargets? _patches;

    public LesionSample(LesionCrop crop, LesionClass label, int patient, PatchTargets? patches = null)
    {
        _patches = patches;
        _image = [.. crop.Image.Select(v => (Half)v)];
        _mask = crop.Mask;
        Edge = crop.Grid.Columns;
        Label = label;
        Patient = patient;
        VolumeMm3 = crop.VolumeMm3;
    }

    /// <summary>Voxels along each edge.</summary>
    public int Edge { get; }

    public LesionClass Label { get; }

    /// <summary>Who it is of: never in two of training, validation and test.</summary>
    public int Patient { get; }

    public double VolumeMm3 { get; }

    /// <summary>Number of patches with targets; 0 where only the lesion's class is known.</summary>
    public int PatchCount => _patches?.Count ?? 0;

    /// <summary>Writes the patches' targets and weights, changed by <paramref name="augmentation"/>.</summary>
    public void WritePatchTargets(Span<float> shares, Span<float> weights, Augmentation augmentation) =>
        _patches?.WriteTo(shares, weights, augmentation);

    /// <summary>Writes image and mask, one after the other, changed by <paramref name="augmentation"/>.</summary>
    public void WriteTo(Span<float> image, Span<float> mask, Augmentation augmentation)
    {
        int n = Edge;
        (int start, int stepX, int stepY, int stepZ) = augmentation.Walk(n);
        for (int z = 0, to = 0; z < n; z++)
        {
            for (int y = 0; y < n; y++)
            {
                int from = start + z * stepZ + y * stepY;
                for (int x = 0; x < n; x++, from += stepX, to++)
                {
                    image[to] = (float)_image[from] * augmentation.Contrast + augmentation.Brightness;
                    mask[to] = _mask[from];
                }
            }
        }
    }
}
