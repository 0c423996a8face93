using DicomRn.Node.Matching;

namespace DicomRn.Node.Tests.Matching;

public sealed class LesionRoiSelectionTests
{
    private static string[] Select(params (string Name, string Type)[] rois) =>
        [.. new LesionRoiSelection(new LesionRoiSettings())
            .Select(rois, r => new LesionRoi(0, r.Name, r.Type)).Select(r => r.Name)];

    [Theory]
    [InlineData("TV")]
    [InlineData("tv")]
    [InlineData("AN")]
    [InlineData("Rt AN")]
    [InlineData("tumour")]
    [InlineData("Tumor_1")]
    [InlineData("Met 3 left frontal")]
    [InlineData("metastasis2")]
    [InlineData("Lesion1")]
    [InlineData("LES_02")]
    [InlineData("Target A")]
    [InlineData("GTV_Mass_MR_T1")]
    [InlineData("gtv1")]
    [InlineData("Vol 2y")]
    [InlineData("Vol2016")]
    public void Names_of_real_lesion_contours_are_lesions(string name) => Assert.Equal([name], Select((name, "")));

    [Theory]
    [InlineData("Cochlea", "")]
    [InlineData("BODY", "")]
    [InlineData("PTV 1", "")]
    [InlineData("Brainstem", "")]
    [InlineData("Ring tumor 2 mm", "")]
    [InlineData("Ventricle", "")]
    [InlineData("metal clip", "")]
    [InlineData("Lesion 1", "AVOIDANCE")]
    [InlineData("Tumor bed", "ORGAN")]
    [InlineData("TV", "EXTERNAL")]
    [InlineData("Isodose 50%", "")]
    public void Organs_margins_and_outer_contours_are_not(string name, string type) => Assert.Empty(Select((name, type)));

    [Fact]
    public void Interpreted_type_GTV_goes_before_names() =>
        Assert.Equal(["nodule right"], Select(("Lesion 1", ""), ("nodule right", "GTV"), ("Brain", "ORGAN")));

    [Fact]
    public void Site_may_name_its_lesions_otherwise()
    {
        LesionRoiSettings site = new() { NamePattern = "^Herd", ExcludedNamePattern = "alt$", InterpretedTypes = [] };
        LesionRoi[] rois = [new(1, "Herd 1", ""), new(2, "Herd 2 alt", ""), new(3, "GTV", "GTV")];

        Assert.Equal([1], new LesionRoiSelection(site).Select(rois, r => r).Select(r => r.Number));
    }
}
