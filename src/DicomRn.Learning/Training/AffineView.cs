namespace DicomRn.Learning.Training;

/// <summary>
/// A cube seen turned, mirrored, tilted, zoomed and shifted about its centre: the image linearly interpolated, the mask to the
/// nearest voxel, what lies outside as the nearest voxel inside.
/// </summary>
internal sealed class AffineView
{
    private readonly double[] _matrix;
    private readonly double[] _shift;

    /// <param name="matrix">Row-major, from offsets in the view to offsets in the source.</param>
    /// <param name="shift">Offset of the source at the view's centre, as a share of the edge.</param>
    public AffineView(double[] matrix, double[] shift)
    {
        _matrix = matrix;
        _shift = shift;
    }

    /// <summary>Changes nothing.</summary>
    public static AffineView Identity { get; } = new([1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 0]);

    public static AffineView Draw(ViewSettings settings, SeededRandom random)
    {
        double[] matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        if (settings.LargestTiltDegrees > 0)
        {
            for (int axis = 0; axis < 3; axis++)
                matrix = Product(matrix, Tilt(axis, random.Uniform(-1, 1) * settings.LargestTiltDegrees * Math.PI / 180));
        }

        int[] order = [0, 1, 2];
        if (settings.Turns)
            SampleOrder.Shuffle<int>(order, random);
        double zoom = Math.Exp(random.Uniform(-1, 1) * Math.Log(1 + settings.LargestZoom));
        double[] turn = new double[9];
        for (int row = 0; row < 3; row++)
            turn[3 * row + order[row]] = zoom * (settings.Mirrors && random.Next() < 0.5 ? -1 : 1);
        double[] shift = [0, 0, 0];
        for (int axis = 0; axis < 3; axis++)
            shift[axis] = random.Uniform(-1, 1) * settings.LargestShift;
        return new AffineView(Product(matrix, turn), shift);
    }

    /// <summary>Writes what is seen of a cube; both cubes [edge, edge, edge], the last axis fastest.</summary>
    public void Apply(ReadOnlySpan<float> source, Span<float> view, int edge, bool nearest)
    {
        if (!nearest && KeepsAxes())
            ApplyAlongAxes(source, view, edge);
        else
            ApplyAnywhere(source, view, edge, nearest);
    }

    /// <summary>Whether each axis of the source runs along one of the view: nothing is tilted.</summary>
    private bool KeepsAxes()
    {
        for (int axis = 0; axis < 3; axis++)
        {
            if (_matrix.AsSpan(3 * axis, 3).Count(0.0) != 2)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Row by row of the view: the four lines of the source around it are made into one, which then is interpolated. Where a voxel lies depends on
    /// one coordinate per axis, and is looked up.
    /// </summary>
    private void ApplyAlongAxes(ReadOnlySpan<float> source, Span<float> view, int edge)
    {
        AxisPlaces[] places = new AxisPlaces[3];
        for (int axis = 0; axis < 3; axis++)
        {
            int along = Array.FindIndex(_matrix, 3 * axis, 3, m => m != 0) - 3 * axis;
            places[along] = new AxisPlaces(edge, axis, _matrix[3 * axis + along], _shift[axis]);
        }

        AxisPlaces ofX = places[0], ofY = places[1], ofZ = places[2];
        float[] line = new float[edge];
        for (int z = 0, to = 0; z < edge; z++)
        {
            for (int y = 0; y < edge; y++, to += edge)
            {
                int above = ofY.Before[y] * ofY.Stride, below = ofY.After[y] * ofY.Stride, front = ofZ.Before[z] * ofZ.Stride, back = ofZ.After[z] * ofZ.Stride;
                Combine(source, line, ofX.Stride, above + front, below + front, above + back, below + back, ofY.Share[y], ofZ.Share[z]);
                ofX.Interpolate(line, view.Slice(to, edge));
            }
        }
    }

    private static void Combine(
        ReadOnlySpan<float> source, Span<float> line, int stride, int first, int second, int third, int fourth, float fy, float fz)
    {
        for (int n = 0, step = 0; n < line.Length; n++, step += stride)
        {
            float near = source[first + step] + fy * (source[second + step] - source[first + step]);
            float far = source[third + step] + fy * (source[fourth + step] - source[third + step]);
            line[n] = near + fz * (far - near);
        }
    }

    private void ApplyAnywhere(ReadOnlySpan<float> source, Span<float> view, int edge, bool nearest)
    {
        double centre = (edge - 1) / 2.0, last = edge - 1;
        double[] m = _matrix;
        for (int z = 0, to = 0; z < edge; z++)
        {
            for (int y = 0; y < edge; y++)
            {
                double dy = y - centre, dz = z - centre;
                double px = centre + _shift[0] * edge + m[1] * dy + m[2] * dz - m[0] * centre;
                double py = centre + _shift[1] * edge + m[4] * dy + m[5] * dz - m[3] * centre;
                double pz = centre + _shift[2] * edge + m[7] * dy + m[8] * dz - m[6] * centre;
                for (int x = 0; x < edge; x++, to++, px += m[0], py += m[3], pz += m[6])
                {
                    double ax = Math.Clamp(px, 0, last), ay = Math.Clamp(py, 0, last), az = Math.Clamp(pz, 0, last);
                    view[to] = nearest
                        ? source[((int)(az + 0.5) * edge + (int)(ay + 0.5)) * edge + (int)(ax + 0.5)]
                        : Linear(source, edge, ax, ay, az);
                }
            }
        }
    }

    private static float Linear(ReadOnlySpan<float> source, int edge, double x, double y, double z)
    {
        int ix = (int)x, iy = (int)y, iz = (int)z;
        float fx = (float)(x - ix), fy = (float)(y - iy), fz = (float)(z - iz);
        int right = ix + 1 < edge ? 1 : 0, below = iy + 1 < edge ? edge : 0, behind = iz + 1 < edge ? edge * edge : 0;
        int at = (iz * edge + iy) * edge + ix;
        float near = Plane(source, at, right, below, fx, fy), far = Plane(source, at + behind, right, below, fx, fy);
        return near + fz * (far - near);
    }

    private static float Plane(ReadOnlySpan<float> source, int at, int right, int below, float fx, float fy)
    {
        float top = source[at] + fx * (source[at + right] - source[at]);
        float bottom = source[at + below] + fx * (source[at + below + right] - source[at + below]);
        return top + fy * (bottom - top);
    }

    /// <summary>Where the voxels along an axis of the view lie along an axis of the source.</summary>
    private sealed class AxisPlaces
    {
        public AxisPlaces(int edge, int axis, double scale, double shift)
        {
            Stride = axis == 0 ? 1 : axis == 1 ? edge : edge * edge;
            (Before, After, Share) = (new int[edge], new int[edge], new float[edge]);
            double centre = (edge - 1) / 2.0;
            for (int n = 0; n < edge; n++)
            {
                double place = Math.Clamp(centre + shift * edge + scale * (n - centre), 0, edge - 1);
                int before = (int)place;
                Share[n] = (float)(place - before);
                (Before[n], After[n]) = (before, Math.Min(before + 1, edge - 1));
            }
        }

        /// <summary>From one voxel of the source to the next along the axis.</summary>
        public int Stride { get; }

        /// <summary>The number of the voxel of the source before each place.</summary>
        public int[] Before { get; }

        /// <summary>That of the one after it.</summary>
        public int[] After { get; }

        /// <summary>How far between the two.</summary>
        public float[] Share { get; }

        public void Interpolate(ReadOnlySpan<float> line, Span<float> view)
        {
            for (int n = 0; n < view.Length; n++)
            {
                float before = line[Before[n]];
                view[n] = before + Share[n] * (line[After[n]] - before);
            }
        }
    }

    private static double[] Tilt(int axis, double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        int a = (axis + 1) % 3, b = (axis + 2) % 3;
        double[] matrix = new double[9];
        matrix[4 * axis] = 1;
        (matrix[4 * a], matrix[3 * a + b], matrix[3 * b + a], matrix[4 * b]) = (cos, -sin, sin, cos);
        return matrix;
    }

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[9];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                for (int k = 0; k < 3; k++)
                    product[3 * row + column] += a[3 * row + k] * b[3 * k + column];
            }
        }

        return product;
    }
}
