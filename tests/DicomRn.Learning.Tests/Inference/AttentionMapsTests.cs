using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Inference;
using DicomRn.Learning.Model;
using TorchSharp;

namespace DicomRn.Learning.Tests.Inference;

public sealed class AttentionMapsTests
{
    private static readonly VitConfiguration Configuration = VitConfiguration.Small;
    private static readonly VolumeGeometry Crop = VolumeGeometry.Axial(48, 48, 48, 1, new PatientPoint(-100, 20, 55));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 0, 2)]
    [InlineData(1, 4, 3)]
    public void Attended_patch_is_the_peak_at_its_place_in_the_patient(int i, int j, int k)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor attention = torch.full([1, 3, 217, 217], 1f / 217);
        attention[0, .., 0, 1 + i + 6 * j + 36 * k] = 0.5f;
        // The centre of the patch, half a voxel off as an even number of voxels has no middle one.
        PatientPoint centre = Crop.ToPatient(new VoxelPoint(8 * i + 3.5, 8 * j + 3.5, 8 * k + 3.5));
        foreach (Volume<float> map in new[]
        {
            AttentionMaps.LastLayer(Of(Configuration, TokenPooling.ClassToken, attention), Crop),
            AttentionMaps.Rollout(Of(Configuration, TokenPooling.ClassToken, attention), Crop),
        })
        {
            int peak = Array.IndexOf(map.Voxels, map.Voxels.Max());
            PatientPoint found = map.Geometry.ToPatient(new VoxelPoint(peak % 48, peak / 48 % 48, peak / (48 * 48)));
            Assert.True(found.DistanceTo(centre) < 8 * 0.9);
            VoxelPoint patch = new((int)(peak % 48 / 8), (int)(peak / 48 % 48 / 8), (int)(peak / (48 * 48) / 8));
            Assert.Equal(new VoxelPoint(i, j, k), patch);
        }
    }

    [Fact]
    public void Without_a_class_token_all_patches_ask()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor attention = torch.full([1, 3, 216, 216], 1f / 216);
        attention[0, .., .., 5 + 6 * 0 + 36 * 2] = 0.5f;
        foreach (Volume<float> map in new[]
        {
            AttentionMaps.LastLayer(Of(Configuration with { ClassToken = false }, TokenPooling.Mean, attention), Crop),
            AttentionMaps.Rollout(Of(Configuration with { ClassToken = false }, TokenPooling.Mean, attention), Crop),
        })
        {
            int peak = Array.IndexOf(map.Voxels, map.Voxels.Max());
            Assert.Equal((5, 0, 2), (peak % 48 / 8, peak / 48 % 48 / 8, peak / (48 * 48) / 8));
            Assert.Equal(1, map.Voxels.Average(), 0.1);
        }
    }

    [Fact]
    public void Even_attention_is_one_everywhere()
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor even = torch.full([1, 3, 217, 217], 1f / 217);
        Assert.All(AttentionMaps.LastLayer(Of(Configuration, TokenPooling.ClassToken, even, even), Crop).Voxels, v => Assert.Equal(1, v, 1e-4f));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Patches_of_the_lesion_ask_by_how_much_of_it_they_hold(bool classToken)
    {
        using var scope = torch.NewDisposeScope();
        VitConfiguration sizes = Configuration with { ClassToken = classToken };
        torch.Tensor input = torch.zeros([1, 2, 48, 48, 48]);
        input[0, 1, 8..16, 16..20, 24..32] = 1f; // half of patch (3, 2, 1)
        input[0, 1, 40, 40, 40..48] = 1f; // a 64th of patch (5, 5, 5)
        int tokens = classToken ? 217 : 216, first = tokens - 216;
        torch.Tensor attention = torch.zeros(1, 3, tokens, tokens);
        attention[0, .., .., first + 215] = 1f;
        attention[0, .., first + 3 + 6 * 2 + 36 * 1, ..] = 0f;
        attention[0, .., first + 3 + 6 * 2 + 36 * 1, first] = 1f;
        float[] seen = AttentionMaps.LastLayerPatches(Of(sizes, TokenPooling.Lesion, input, [attention])).data<float>().ToArray();
        Assert.Equal(216 * 256 / 264f, seen[0], 1e-2f);
        Assert.Equal(216 * 8 / 264f, seen[215], 1e-2f);
        Assert.Equal(0, seen[1..215].Max());
    }

    private static PooledAttention Of(VitConfiguration sizes, TokenPooling pooling, params torch.Tensor[] layers) =>
        Of(sizes, pooling, torch.zeros([1, 2, 48, 48, 48]), layers);

    private static PooledAttention Of(VitConfiguration sizes, TokenPooling pooling, torch.Tensor input, torch.Tensor[] layers)
    {
        using VisionTransformer transformer = new(sizes);
        return new PooledAttention(layers, transformer.PooledShares(pooling, input)[0], sizes);
    }
}
