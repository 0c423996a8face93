namespace DicomRn.Learning.Training;

/// <summary>Draws changed views of sub-volumes.</summary>
internal static class View
{
    /// <summary>Writes a view of image and mask; an empty mask is left out.</summary>
    public static void Draw(
        ReadOnlySpan<float> image, ReadOnlySpan<float> mask, Span<float> imageView, Span<float> maskView, int edge, ViewSettings settings, SeededRandom random)
    {
        DrawClean(image, mask, imageView, maskView, edge, settings, random);
        AddNoise(imageView, settings, random);
    }

    /// <summary>The same without the noise, which <see cref="AddNoise"/> adds.</summary>
    public static void DrawClean(
        ReadOnlySpan<float> image, ReadOnlySpan<float> mask, Span<float> imageView, Span<float> maskView, int edge, ViewSettings settings, SeededRandom random)
    {
        AffineView affine = AffineView.Draw(settings, random);
        affine.Apply(image, imageView, edge, nearest: false);
        if (!mask.IsEmpty)
            affine.Apply(mask, maskView, edge, nearest: true);
        float contrast = (float)Math.Exp(settings.Contrast * random.Normal()), brightness = (float)(settings.Brightness * random.Normal());
        for (int n = 0; n < imageView.Length; n++)
            imageView[n] = imageView[n] * contrast + brightness;
    }

    /// <summary>Adds noise, stronger or weaker from view to view.</summary>
    public static void AddNoise(Span<float> imageView, ViewSettings settings, SeededRandom random)
    {
        float noise = (float)(settings.LargestNoise * random.Next());
        if (settings.LargestNoise == 0)
            return;
        for (int n = 0; n < imageView.Length; n++)
            imageView[n] += noise * random.NearlyNormal();
    }
}
