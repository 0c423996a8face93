namespace DicomRn.Dicom.Imaging.Codec.Jpeg2000;

/// <summary>The inverse component transforms, in place (T.800 Annex G).</summary>
internal static class ComponentTransform
{
    /// <summary>The reversible one, RCT (G.2.2).</summary>
    public static void Reversible(Span<int> first, Span<int> second, Span<int> third)
    {
        second = second[..first.Length];
        third = third[..first.Length];
        for (int i = 0; i < first.Length; i++)
        {
            int green = first[i] - ((second[i] + third[i]) >> 2);
            (first[i], second[i], third[i]) = (third[i] + green, green, second[i] + green);
        }
    }

    /// <summary>The irreversible one, ICT (G.3.2).</summary>
    public static void Irreversible(Span<float> first, Span<float> second, Span<float> third)
    {
        second = second[..first.Length];
        third = third[..first.Length];
        for (int i = 0; i < first.Length; i++)
        {
            float luminance = first[i], blue = second[i], red = third[i];
            first[i] = luminance + 1.402f * red;
            second[i] = luminance - 0.344136f * blue - 0.714136f * red;
            third[i] = luminance + 1.772f * blue;
        }
    }
}
