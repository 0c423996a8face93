namespace DicomRn.Learning.Radiomics.Texture;

/// <summary>
/// The features that run length, size zone, distance zone and dependence matrices share (IBSI 3.7 to 3.9 and 3.11): 17 values in the order
/// small, large, low level, high level, small low, small high, large low, large high, level non-uniformity, the same normalised, size
/// non-uniformity, the same normalised, percentage, level variance, size variance, entropy, energy.
/// </summary>
internal static class LevelSizeFeatures
{
    public const int Count = 17;

    public static double[] Of(LevelSizeMatrix matrix)
    {
        double[] sums = new double[Count];
        List<double> bySize = [];
        double total = 0, levelMean = 0, sizeMean = 0, levelSquares = 0, sizeSquares = 0, squares = 0, logs = 0, byLevel = 0;
        for (int level = 1; level <= matrix.LevelCount; level++)
        {
            ReadOnlySpan<int> row = matrix.Row(level);
            double i2 = (double)level * level, inLevel = 0;
            while (bySize.Count < row.Length)
                bySize.Add(0);
            for (int n = 0; n < row.Length; n++)
            {
                double c = row[n], j = n + 1, j2 = j * j;
                if (c == 0)
                    continue;
                inLevel += c;
                bySize[n] += c;
                sums[0] += c / j2;
                sums[1] += c * j2;
                sums[2] += c / i2;
                sums[3] += c * i2;
                sums[4] += c / (i2 * j2);
                sums[5] += c * i2 / j2;
                sums[6] += c * j2 / i2;
                sums[7] += c * i2 * j2;
                sizeMean += c * j;
                sizeSquares += c * j2;
                squares += c * c;
                logs += c * Math.Log2(c);
            }

            total += inLevel;
            byLevel += inLevel * inLevel;
            levelMean += inLevel * level;
            levelSquares += inLevel * i2;
        }

        for (int n = 0; n < 8; n++)
            sums[n] /= total;
        double bySizeSquares = bySize.Sum(s => s * s);
        sums[8] = byLevel / total;
        sums[9] = byLevel / (total * total);
        sums[10] = bySizeSquares / total;
        sums[11] = bySizeSquares / (total * total);
        sums[12] = total / matrix.Voxels;
        sums[13] = levelSquares / total - levelMean * levelMean / (total * total);
        sums[14] = sizeSquares / total - sizeMean * sizeMean / (total * total);
        sums[15] = Math.Log2(total) - logs / total;
        sums[16] = squares / (total * total);
        return sums;
    }
}
