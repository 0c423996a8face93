using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Model;

namespace DicomRn.Learning.Training;

/// <summary>
/// For each patch of a crop, how much of the enhancement in it looks as necrosis does. Phantoms know it; telling the patch
/// tokens in training spares a model without pre-training most of the time it takes to find out where to look.
/// </summary>
internal sealed class PatchTargets
{
    // With this many enhancing voxels a patch counts in full.
    private const float FullWeight = 64;
    private readonly float[] _shares;
    private readonly float[] _weights;
    private readonly int _edge;

    private PatchTargets(float[] shares, float[] weights, int edge)
    {
        _shares = shares;
        _weights = weights;
        _edge = edge;
    }

    /// <summary>Number of patches.</summary>
    public int Count => _shares.Length;

    /// <summary>Counts a map of 1 (as necrosis) and 2 (as tumour) on the crop's grid.</summary>
    public static PatchTargets Of(Volume<byte> signal, int patchSize)
    {
        PatchGrid patches = new(signal.Geometry.Columns, patchSize);
        float[] necrotic = new float[patches.Count], all = new float[necrotic.Length];
        for (int v = 0; v < signal.Voxels.Length; v++)
        {
            if (signal.Voxels[v] == 0)
                continue;
            int patch = patches.Of(v);
            all[patch]++;
            necrotic[patch] += signal.Voxels[v] == 1 ? 1 : 0;
        }

        for (int p = 0; p < all.Length; p++)
        {
            necrotic[p] = all[p] > 0 ? necrotic[p] / all[p] : 0;
            all[p] = Math.Min(1, all[p] / FullWeight);
        }

        return new PatchTargets(necrotic, all, patches.Edge);
    }

    /// <summary>Writes shares and weights in the order of the patches of the changed crop.</summary>
    public void WriteTo(Span<float> shares, Span<float> weights, Augmentation augmentation)
    {
        (int start, int stepX, int stepY, int stepZ) = augmentation.Walk(_edge);
        for (int z = 0, to = 0; z < _edge; z++)
        {
            for (int y = 0; y < _edge; y++)
            {
                for (int x = 0; x < _edge; x++, to++)
                {
                    int from = start + x * stepX + y * stepY + z * stepZ;
                    (shares[to], weights[to]) = (_shares[from], _weights[from]);
                }
            }
        }
    }
}
