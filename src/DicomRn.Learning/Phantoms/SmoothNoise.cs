namespace DicomRn.Learning.Phantoms;

/// <summary>
/// Several fields of <see cref="NoiseField.Value"/>, with consecutive seeds, for positions that follow one another: each remembers the cell that
/// was asked last, whose corners are most of the work. The values are those of <see cref="NoiseField.Value"/> to the last bit. For one thread.
/// </summary>
/// <param name="seed">Seed of field 0.</param>
/// <param name="count">How many fields.</param>
internal sealed class SmoothNoise(uint seed, int count)
{
    private readonly Cell[] _cells = new Cell[count];

    /// <summary>The value of a field, in [−1, 1].</summary>
    public double Value(int field, double x, double y, double z)
    {
        int i = NoiseField.Floor(x), j = NoiseField.Floor(y), k = NoiseField.Floor(z);
        ref Cell cell = ref _cells[field];
        if (i != cell.I || j != cell.J || k != cell.K || !cell.IsKnown)
            cell = new Cell(i, j, k, seed + (uint)field);
        return cell.At(NoiseField.Fade(x - i), NoiseField.Fade(y - j), NoiseField.Fade(z - k));
    }

    private readonly struct Cell(int i, int j, int k, uint seed)
    {
        private readonly double _000 = NoiseField.Signed(i, j, k, seed), _100 = NoiseField.Signed(i + 1, j, k, seed);
        private readonly double _010 = NoiseField.Signed(i, j + 1, k, seed), _110 = NoiseField.Signed(i + 1, j + 1, k, seed);
        private readonly double _001 = NoiseField.Signed(i, j, k + 1, seed), _101 = NoiseField.Signed(i + 1, j, k + 1, seed);
        private readonly double _011 = NoiseField.Signed(i, j + 1, k + 1, seed), _111 = NoiseField.Signed(i + 1, j + 1, k + 1, seed);

        public int I { get; } = i;

        public int J { get; } = j;

        public int K { get; } = k;

        public bool IsKnown { get; } = true;

        public double At(double u, double v, double w)
        {
            double lower = NoiseField.Lerp(NoiseField.Lerp(_000, _100, u), NoiseField.Lerp(_010, _110, u), v);
            double upper = NoiseField.Lerp(NoiseField.Lerp(_001, _101, u), NoiseField.Lerp(_011, _111, u), v);
            return NoiseField.Lerp(lower, upper, w);
        }
    }
}
