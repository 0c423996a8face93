using DicomRn.Imaging.Volumes;

namespace DicomRn.Imaging.Rendering;

/// <summary>The range of image values that is shown from black to white.</summary>
/// <param name="Low">The value shown black.</param>
/// <param name="High">The value shown white; larger than <paramref name="Low"/>.</param>
public readonly record struct DisplayWindow(double Low, double High)
{
    /// <summary>From Window Center and Width (PS3.3 C.11.2.1.2.1).</summary>
    public static DisplayWindow FromCenterWidth(double center, double width) =>
        new(center - 0.5 - (width - 1) / 2, center - 0.5 + (width - 1) / 2);

    /// <summary>
    /// The window between two quantiles of the values above the smallest one (the air around a head does not count).
    /// </summary>
    /// <param name="image">Values that are not finite do not count.</param>
    /// <param name="low">0 to 1.</param>
    /// <param name="high">0 to 1, above <paramref name="low"/>.</param>
    public static DisplayWindow FromQuantiles(Volume<float> image, double low = 0.02, double high = 0.995)
    {
        float minimum = float.MaxValue;
        foreach (float v in image.Voxels)
        {
            if (float.IsFinite(v))
                minimum = Math.Min(minimum, v);
        }

        // A sample of some ten thousand voxels settles a display window.
        int step = Math.Max(1, image.Voxels.Length / 50_000);
        List<float> sample = [];
        for (int n = 0; n < image.Voxels.Length; n += step)
        {
            if (float.IsFinite(image.Voxels[n]) && image.Voxels[n] > minimum)
                sample.Add(image.Voxels[n]);
        }

        if (sample.Count == 0)
            return new DisplayWindow(minimum == float.MaxValue ? 0 : minimum, minimum == float.MaxValue ? 1 : minimum + 1);
        sample.Sort();
        double from = sample[(int)(low * (sample.Count - 1))], to = sample[(int)(high * (sample.Count - 1))];
        return new DisplayWindow(from, to > from ? to : from + 1);
    }

    /// <summary>0 for black to 1 for white.</summary>
    public double Map(double value) => double.IsNaN(value) ? 0 : Math.Clamp((value - Low) / (High - Low), 0, 1);
}
