using DicomRn.Learning.Training;

namespace DicomRn.Learning.Tests.Training;

public sealed class AffineViewTests
{
    private const int Edge = 6;
    private static readonly float[] Cube = [.. Enumerable.Range(0, Edge * Edge * Edge).Select(n => (float)n)];

    [Fact]
    public void Identity_changes_nothing() => Assert.Equal(Cube, Seen(AffineView.Identity, false));

    [Fact]
    public void Turns_and_mirrorings_keep_every_voxel()
    {
        ViewSettings settings = new() { Contrast = 0, Brightness = 0 };
        HashSet<string> seen = [];
        for (uint n = 0; n < 300; n++)
        {
            float[] view = Seen(AffineView.Draw(settings, SeededRandom.For(1, 2, n)), false);
            Assert.Equal(Cube, view.Order());
            seen.Add(string.Join(' ', view));
        }

        Assert.Equal(48, seen.Count);
    }

    [Fact]
    public void Shift_is_a_share_of_the_edge_and_between_voxels_it_is_linear()
    {
        float[] shifted = Seen(new AffineView([1, 0, 0, 0, 1, 0, 0, 0, 1], [1.5 / Edge, 0, 1.0 / Edge]), false);
        Assert.Equal(Cube[Edge * Edge] + 1.5f, shifted[0], 1e-4f);
        float[] nearest = Seen(new AffineView([1, 0, 0, 0, 1, 0, 0, 0, 1], [0.4 / Edge, 0, 0]), true);
        Assert.Equal(Cube, nearest);
    }

    [Fact]
    public void Zoom_keeps_the_centre()
    {
        float[] zoomed = Seen(new AffineView([0.5, 0, 0, 0, 0.5, 0, 0, 0, 0.5], [0, 0, 0]), false);
        Assert.Equal(Cube.Average(), zoomed.Average(), 1e-2f);
        Assert.Equal(1.25f * (1 + Edge + Edge * Edge), zoomed[0], 1e-3f);
    }

    [Fact]
    public void Views_along_the_axes_are_those_of_the_hardly_tilted()
    {
        Random random = new(8);
        float[] cube = [.. Enumerable.Range(0, 9 * 9 * 9).Select(_ => (float)random.NextDouble())], straight = new float[cube.Length], tilted = new float[cube.Length];
        foreach (int[] order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            for (int mirrors = 0; mirrors < 8; mirrors++)
            {
                double zoom = 0.7 + 0.6 * random.NextDouble();
                double[] matrix = new double[9], shift = [.. Enumerable.Range(0, 3).Select(_ => 0.4 * random.NextDouble() - 0.2)];
                for (int axis = 0; axis < 3; axis++)
                    matrix[3 * axis + order[axis]] = (mirrors >> axis & 1) == 0 ? zoom : -zoom;
                // A tilt too small to matter goes the general way.
                double[] nearly = [.. matrix.Select(m => m == 0 ? 1e-8 : m)];
                new AffineView(matrix, shift).Apply(cube, straight, 9, nearest: false);
                new AffineView(nearly, shift).Apply(cube, tilted, 9, nearest: false);
                Assert.Equal(tilted, straight, (a, b) => Math.Abs(a - b) < 1e-5);
            }
        }
    }

    private static float[] Seen(AffineView view, bool nearest)
    {
        float[] seen = new float[Cube.Length];
        view.Apply(Cube, seen, Edge, nearest);
        return seen;
    }
}
