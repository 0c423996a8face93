namespace DicomRn.Learning.Training;

/// <summary>Draws changed views of sub-volumes.</summary>
internal static class View
{
    /// <summary>Writes a view of image and mask; an empty mask is left out.</summary>
    public static void Draw(
        ReadOnlySpan<float> image, ReadOnlySpan<float> mask, Span<float> imageView, Span<float> maskView, int edge, ViewSettings settings, SeededRandom random)
    {
        AffineView affine = AffineView.Draw(settings, random);
        affine.Apply(image, imageView, edge, nearest: false);
        if (!mask.IsEmpty)
            affine.Apply(mask, maskView, edge, nearest: true);
        float contrast = (float)Math.Exp(settings.Contrast * random.Normal()), brightness = (float)(settings.Brightness * random.Normal());
        float noise = (float)(settings.LargestNoise * random.Next());
        for (int n = 0; n < imageView.Length; n++)
            imageView[n] = imageView[n] * contrast + brightness;
        if (settings.LargestNoise == 0)
            return;
        for (int n = 0; n < imageView.Length; n++)
            imageView[n] += noise * random.NearlyNormal();
    }
}
