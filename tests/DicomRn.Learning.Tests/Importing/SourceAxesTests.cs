using DicomRn.Learning.Importing;

namespace DicomRn.Learning.Tests.Importing;

public sealed class SourceAxesTests
{
    [Theory]
    [InlineData("SPL", 1, 2, 0, 1, 2, 0)]
    [InlineData("LPS", 0, 2, 1, 1, 2, 0)] // the source's third axis is our first
    [InlineData("RAS", 0, 1, 2, 2, 1, 2)] // at i = 0 of R it is rightmost of L, at j = 1 of A in the middle
    [InlineData("ras", 2, 0, 0, 0, 2, 0)]
    [InlineData("IAR", 0, 0, 0, 2, 2, 2)]
    public void A_voxel_goes_where_its_axes_lead(string code, int x, int y, int z, int slice, int row, int column)
    {
        const int Edge = 3;
        float[] source = new float[27], target = new float[27];
        source[(x * Edge + y) * Edge + z] = 1;
        SourceAxes.TryParse(code)!.Turn(source, target, Edge, 1);
        Assert.Equal((slice * Edge + row) * Edge + column, Array.IndexOf(target, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RA")]
    [InlineData("RASL")]
    [InlineData("RLS")]
    [InlineData("XYZ")]
    public void Other_letters_are_no_axes(string code) => Assert.Null(SourceAxes.TryParse(code));
}
