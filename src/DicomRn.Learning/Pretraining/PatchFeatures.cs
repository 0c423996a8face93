using DicomRn.Learning.Model;

namespace DicomRn.Learning.Pretraining;

/// <summary>
/// Plain features of a patch, from its own voxels alone, so that they can be told whatever other patches are left out: mean and standard deviation of
/// the intensity and of the length of its gradient after blurs by Gaussians of 1 and 2 voxels, and standard deviation of the two bands that these blurs
/// part. Beyond the patch's border the image goes on as it is there. For one thread: it keeps its memory from one patch to the next.
/// </summary>
internal sealed class PatchFeatures
{
    /// <summary>Numbers per patch.</summary>
    public const int Count = 8;

    private const double LeastVariance = 1e-8;
    private readonly PatchGrid _grid;
    private readonly GaussianCubeBlur _fine;
    private readonly GaussianCubeBlur _coarse;
    private readonly float[] _image;
    private readonly float[] _fineCube;
    private readonly float[] _coarseCube;
    private readonly float[] _band;
    private readonly float[] _gradient;

    /// <param name="edge">Voxels along an edge of the cubes.</param>
    /// <param name="patchSize">Voxels along an edge of a patch.</param>
    public PatchFeatures(int edge, int patchSize)
    {
        _grid = new PatchGrid(edge, patchSize);
        (_fine, _coarse) = (new GaussianCubeBlur(patchSize, 1), new GaussianCubeBlur(patchSize, 2));
        int voxels = patchSize * patchSize * patchSize;
        (_image, _fineCube, _coarseCube, _band, _gradient) = (new float[voxels], new float[voxels], new float[voxels], new float[voxels], new float[voxels]);
    }

    /// <summary>
    /// Writes the means of intensity, fine and coarse gradient, then the standard deviations of intensity, fine band, coarse band, fine and coarse gradient.
    /// </summary>
    /// <param name="cube">All voxels of the cube.</param>
    /// <param name="patch">Which patch, in the order of the tokens.</param>
    /// <param name="features">Of this patch.</param>
    public void Write(ReadOnlySpan<float> cube, int patch, Span<float> features)
    {
        CopyPatch(cube, patch);
        _fine.Apply(_image, _fineCube);
        _coarse.Apply(_image, _coarseCube);
        (features[0], features[3]) = Moments(_image);
        features[4] = Moments(Difference(_image, _fineCube)).Deviation;
        features[5] = Moments(Difference(_fineCube, _coarseCube)).Deviation;
        (features[1], features[6]) = Moments(GradientLength(_fineCube));
        (features[2], features[7]) = Moments(GradientLength(_coarseCube));
    }

    private void CopyPatch(ReadOnlySpan<float> cube, int patch)
    {
        int start = _grid.FirstVoxel(patch), size = _grid.PatchSize;
        for (int z = 0; z < size; z++)
        {
            for (int y = 0; y < size; y++)
                cube.Slice(start + (z * _grid.Size + y) * _grid.Size, size).CopyTo(_image.AsSpan((z * size + y) * size));
        }
    }

    private float[] Difference(float[] image, float[] blurred)
    {
        for (int n = 0; n < _band.Length; n++)
            _band[n] = image[n] - blurred[n];
        return _band;
    }

    private float[] GradientLength(float[] cube)
    {
        int size = _grid.PatchSize, area = size * size, at = 0;
        for (int z = 0; z < size; z++)
        {
            int below = z > 0 ? area : 0, above = z < size - 1 ? area : 0;
            for (int y = 0; y < size; y++)
            {
                int before = y > 0 ? size : 0, after = y < size - 1 ? size : 0;
                for (int x = 0; x < size; x++, at++)
                {
                    float alongX = cube[x < size - 1 ? at + 1 : at] - cube[x > 0 ? at - 1 : at];
                    float alongY = cube[at + after] - cube[at - before], alongZ = cube[at + above] - cube[at - below];
                    _gradient[at] = MathF.Sqrt(alongX * alongX + alongY * alongY + alongZ * alongZ) / 2;
                }
            }
        }

        return _gradient;
    }

    private static (float Mean, float Deviation) Moments(float[] values)
    {
        double sum = 0, squares = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        double mean = sum / values.Length;
        return ((float)mean, (float)Math.Sqrt(Math.Max(LeastVariance, squares / values.Length - mean * mean)));
    }
}
