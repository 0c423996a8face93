namespace DicomRn.Learning.Training;

/// <summary>One of the 48 turns and mirrorings of a cube, and a change of contrast and brightness.</summary>
/// <param name="Order">Which axis of the source each axis of the result runs along, 0 to 5.</param>
/// <param name="Mirrored">Bits 0, 1, 2: X, Y, Z of the source run backwards.</param>
/// <param name="Contrast">Factor on normalised intensities.</param>
/// <param name="Brightness">Added to normalised intensities.</param>
internal readonly record struct Augmentation(int Order, int Mirrored, float Contrast, float Brightness)
{
    private static readonly int[][] Orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    /// <summary>Changes nothing.</summary>
    public static Augmentation None { get; } = new(0, 0, 1, 0);

    public static Augmentation Draw(SeededRandom random) => new(
        random.Integer(0, 5),
        random.Integer(0, 7),
        (float)Math.Exp(0.15 * random.Normal()),
        (float)(0.2 * random.Normal()));

    /// <summary>Where to start in a cube of edge <paramref name="n"/>, and what one step along X, Y and Z of the result adds.</summary>
    public (int Start, int StepX, int StepY, int StepZ) Walk(int n)
    {
        Span<int> stride = [1, n, n * n];
        int start = 0;
        for (int axis = 0; axis < 3; axis++)
        {
            if ((Mirrored >> axis & 1) == 0)
                continue;
            start += (n - 1) * stride[axis];
            stride[axis] = -stride[axis];
        }

        int[] order = Orders[Order];
        return (start, stride[order[0]], stride[order[1]], stride[order[2]]);
    }
}
