using DicomRn.Imaging.Geometry;
using DicomRn.Imaging.Refinement;
using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Tests.Refinement;

public sealed class MaskRefinementTests
{
    private static readonly PatientPoint Place = new(20, -10, 15);

    [Theory]
    [InlineData(2, 2.5)]
    [InlineData(1.2, 3.5)]
    public void Grown_and_shrunken_lesions_are_followed(double inPlane, double slice)
    {
        BallHead head = new BallHead(BallHead.Oblique(inPlane, slice)).WithBall(Place, 10, 1000);

        RefinedMask grown = Refine(head, head.Ball(Place, 6)), shrunken = Refine(head, head.Ball(Place, 15));

        Assert.Equal((RefinementOutcome.Refined, RefinementOutcome.Refined), (grown.Outcome, shrunken.Outcome));
        Assert.True(BallHead.Dice(grown.Mask, head.Ball(Place, 10)) > 0.93, grown.Why);
        Assert.True(BallHead.Dice(shrunken.Mask, head.Ball(Place, 10)) > 0.93, shrunken.Why);
        Assert.Contains("mm3 planned", grown.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rim_keeps_its_dark_core()
    {
        BallHead head = new BallHead().WithBall(Place, 12, 1000).WithBall(Place, 7, 250);

        RefinedMask refined = Refine(head, head.Ball(Place, 8));

        Assert.Equal(RefinementOutcome.Refined, refined.Outcome);
        Assert.True(BallHead.Dice(refined.Mask, head.Ball(Place, 12)) > 0.93);
    }

    [Fact]
    public void An_unchanged_lesion_keeps_its_very_mask()
    {
        BallHead head = new BallHead().WithBall(Place, 9, 1000);
        Volume<byte> planning = head.Ball(Place, 9.5);

        RefinedMask refined = Refine(head, planning);

        Assert.Equal(RefinementOutcome.Unchanged, refined.Outcome);
        Assert.Same(planning, refined.Mask);
    }

    [Fact]
    public void What_does_not_enhance_keeps_its_mask_and_says_so()
    {
        BallHead head = new();

        RefinedMask refined = Refine(head, head.Ball(Place, 9));

        Assert.Equal(RefinementOutcome.NotEnhancing, refined.Outcome);
        Assert.Contains("does not enhance clearly", refined.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_normal_tissue_nearby_the_reason_is_given()
    {
        BallHead head = new BallHead().WithBall(Place, 9, 1000);
        Volume<byte> everywhere = head.Ball(PatientPoint.Origin, 60);

        IReadOnlyList<RefinedMask> refined = MaskRefinement.Refine(
            head.Image, [head.Ball(Place, 9), everywhere], new RefinementOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(RefinementOutcome.NoNormalTissue, refined[0].Outcome);
        Assert.DoesNotContain("NaN", refined[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Growth_does_not_follow_a_vessel_nor_run_into_the_lesion_next_door()
    {
        PatientPoint next = Place + new PatientVector(0, 24, 0);
        BallHead head = new BallHead().WithBall(Place, 10, 1000).WithBall(next, 8, 1000).WithVessel(Place, next, 1.5)
            .WithVessel(Place, Place + new PatientVector(-40, 0, 0), 1.5);

        IReadOnlyList<RefinedMask> refined = MaskRefinement.Refine(
            head.Image, [head.Ball(Place, 7), head.Ball(next, 8)], new RefinementOptions(), TestContext.Current.CancellationToken);

        Assert.Equal([RefinementOutcome.Refined, RefinementOutcome.Unchanged], refined.Select(r => r.Outcome));
        Assert.True(BallHead.Dice(refined[0].Mask, head.Ball(Place, 10)) > 0.92);
    }

    [Fact]
    public void Growth_ends_where_the_setting_says()
    {
        BallHead head = new BallHead().WithBall(Place, 16, 1000);

        RefinedMask refined = MaskRefinement.Refine(
            head.Image, [head.Ball(Place, 7)], new RefinementOptions { MaximumGrowthMm = 4 }, TestContext.Current.CancellationToken)[0];

        Assert.Equal(RefinementOutcome.Refined, refined.Outcome);
        Volume<byte> allowed = head.Ball(Place, 7 + 4 + 2.5);
        Assert.DoesNotContain(Enumerable.Range(0, allowed.Voxels.Length), n => refined.Mask.Voxels[n] != 0 && allowed.Voxels[n] == 0);
    }

    [Fact]
    public void Voxels_that_planning_masks_share_are_lost_by_neither()
    {
        PatientPoint other = Place + new PatientVector(14, 0, 0);
        BallHead head = new BallHead().WithBall(Place, 11, 1000).WithBall(other, 11, 1000);
        Volume<byte> a = head.Ball(Place, 8.5), b = head.Ball(other, 8.5);

        IReadOnlyList<RefinedMask> refined = MaskRefinement.Refine(head.Image, [a, b], new RefinementOptions(), TestContext.Current.CancellationToken);

        Assert.All(refined, r => Assert.Equal(RefinementOutcome.Refined, r.Outcome));
        for (int n = 0; n < a.Voxels.Length; n++)
        {
            Assert.False((refined[0].Mask.Voxels[n] & refined[1].Mask.Voxels[n]) != 0, "a voxel is in both");
            if ((a.Voxels[n] & b.Voxels[n]) != 0)
                Assert.Equal(1, refined[0].Mask.Voxels[n] | refined[1].Mask.Voxels[n]);
        }
    }

    [Fact]
    public void The_same_input_gives_the_same_mask()
    {
        BallHead head = new BallHead().WithBall(Place, 10, 1000);

        Assert.Equal(Refine(head, head.Ball(Place, 6)).Mask.Voxels, Refine(head, head.Ball(Place, 6)).Mask.Voxels);
    }

    [Fact]
    public void Masks_that_are_empty_or_elsewhere_are_refused()
    {
        BallHead head = new();

        Assert.Throws<ArgumentException>(() => Refine(head, new Volume<byte>(head.Image.Geometry)));
        Assert.Throws<ArgumentException>(() => Refine(head, new BallHead(BallHead.Oblique(3, 3)).Ball(Place, 9)));
    }

    private static RefinedMask Refine(BallHead head, Volume<byte> planning) =>
        MaskRefinement.Refine(head.Image, [planning], new RefinementOptions(), TestContext.Current.CancellationToken)[0];
}
