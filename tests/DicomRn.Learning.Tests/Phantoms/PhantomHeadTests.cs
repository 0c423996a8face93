using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Volumes;
using DicomRn.Learning.Phantoms;
using DicomRn.Learning.Statistics;

namespace DicomRn.Learning.Tests.Phantoms;

public sealed class PhantomHeadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Same_options_give_the_same_voxels_and_another_seed_others()
    {
        PhantomOptions options = Coarse(11, PhantomCentre.Second) with { WithUnenhancedT1 = true };
        PhantomHead first = PhantomHead.Generate(options, Cancel), second = PhantomHead.Generate(options, Cancel);
        Assert.Equal(first.T1ce.Voxels, second.T1ce.Voxels);
        Assert.Equal(first.UnenhancedT1!.Voxels, second.UnenhancedT1!.Voxels);
        Assert.Equal(first.Clinical, second.Clinical);
        Assert.Equal(first.Lesions.Select(l => l.Mask.Voxels), second.Lesions.Select(l => l.Mask.Voxels));
        Assert.NotEqual(first.T1ce.Voxels, PhantomHead.Generate(options with { Seed = 12 }, Cancel).T1ce.Voxels);
    }

    [Theory]
    [InlineData(PhantomCentre.First)]
    [InlineData(PhantomCentre.Second)]
    [InlineData(PhantomCentre.Elsewhere)]
    public void What_a_resampling_does_not_look_at_is_not_made_and_changes_nothing(PhantomCentre centre)
    {
        double left = 0;
        for (int seed = 40; seed < 44; seed++)
        {
            PhantomScene scene = new(new PhantomOptions { Seed = seed, Centre = centre, LesionCount = 1 });
            VolumeGeometry crop = VolumeGeometry.Axial(48, 44, 46, 1, scene.Lesions[0].Centre + new PatientVector(-24, -22, -23));
            Volume<float> all = PhantomSubvolume.Window(scene, crop, Cancel);
            Volume<float> part = scene.Render(all.Geometry, enhanced: true, Cancel, seen: crop);
            Assert.Equal(VolumeResampler.Linear(all, crop).Voxels, PhantomSubvolume.Image(scene, crop, Cancel).Voxels);
            Assert.Equal(VolumeResampler.Linear(all, crop).Voxels, VolumeResampler.Linear(part, crop).Voxels);
            left += part.Voxels.Count(v => v == 0) / (double)part.Voxels.Length;
        }

        // The scanners' grids are tilted, at the first centre the least.
        Assert.True(left > (centre == PhantomCentre.First ? 0 : 0.04), $"{left}");
    }

    [Fact]
    public void Lesions_enhance_are_apart_and_lie_where_the_truth_says()
    {
        PhantomHead head = PhantomHead.Generate(
            Coarse(5) with { LesionCount = 3, WithUnenhancedT1 = true, Classes = [LesionClass.Progression, LesionClass.RadiationNecrosis, LesionClass.Progression] },
            Cancel);
        Assert.Equal([LesionClass.Progression, LesionClass.RadiationNecrosis, LesionClass.Progression], head.Lesions.Select(l => l.Class));
        Assert.All(head.Lesions, lesion =>
        {
            int[] inside = [.. Enumerable.Range(0, lesion.Mask.Voxels.Length).Where(n => lesion.Mask.Voxels[n] != 0)];
            Assert.Equal(lesion.VolumeMm3, inside.Length * head.T1ce.Geometry.VoxelVolume, 6);
            Assert.True(inside.Average(n => head.T1ce.Voxels[n]) > 1.1 * inside.Average(n => head.UnenhancedT1!.Voxels[n]));
            VoxelPoint c = head.T1ce.Geometry.ToVoxel(lesion.Centroid);
            Assert.Equal(inside.Average(n => n % head.T1ce.Geometry.Columns), c.I, 6);
            Assert.Contains((byte)1, lesion.Signal.Voxels.Concat(lesion.Signal.Voxels.Select(v => (byte)(v == 2 ? 1 : 0))));
        });
        Assert.DoesNotContain(
            true, head.Lesions[0].Mask.Voxels.Select((v, n) => v + head.Lesions[1].Mask.Voxels[n] + head.Lesions[2].Mask.Voxels[n] > 1));
    }

    [Fact]
    public void Oblique_grid_shows_the_same_lesion_at_the_same_place()
    {
        PhantomOptions straight = Coarse(21) with { LesionCount = 1 };
        PhantomOptions oblique = straight with { Grid = ScannerStyle.WholeHead(PhantomHead.HeadCentre(21), 2, 2, 25, -15) };
        PhantomLesionTruth a = PhantomHead.Generate(straight, Cancel).Lesions[0], b = PhantomHead.Generate(oblique, Cancel).Lesions[0];
        Assert.True(a.Centroid.DistanceTo(b.Centroid) < 0.5);
        Assert.Equal(1, a.VolumeMm3 / b.VolumeMm3, 0.1);
    }

    [Fact]
    public void Volume_alone_hardly_separates_the_classes_and_the_share_of_the_looks_does_not_wholly()
    {
        List<double> volumes = [], shares = [];
        List<bool> progression = [];
        for (int seed = 500; seed < 800; seed++)
        {
            PhantomScene scene = new(Coarse(seed, (PhantomCentre)(seed % 2)) with { LesionCount = 1 });
            VolumeGeometry window = GridWindow.Cut(scene.Style.Grid, scene.Lesions[0].Centre, scene.Lesions[0].Reach);
            volumes.Add(PhantomMasks.Of(scene, 0, window).VolumeMm3);
            shares.Add(-scene.Shares[0]);
            progression.Add(scene.Classes[0] == LesionClass.Progression);
        }

        Assert.InRange(RocAuc.DeLong(volumes, progression).Auc, 0.35, 0.65);
        Assert.InRange(RocAuc.DeLong(shares, progression).Auc, 0.8, 0.95);
    }

    private static PhantomOptions Coarse(int seed, PhantomCentre centre = PhantomCentre.First) => new()
    {
        Seed = seed,
        Centre = centre,
        Grid = ScannerStyle.WholeHead(PhantomHead.HeadCentre(seed), 2, 2, 0, 0),
    };
}
