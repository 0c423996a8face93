namespace DicomRn.Dicom;

/// <summary>The values from a lowest to a highest one, both included.</summary>
/// <typeparam name="T">What is ordered.</typeparam>
public class DicomRange<T>
    where T : IComparable<T>
{
    /// <summary>The values from <paramref name="min"/> to <paramref name="max"/>.</summary>
    public DicomRange(T min, T max)
    {
        Minimum = min;
        Maximum = max;
    }

    /// <summary>The lowest value.</summary>
    public T Minimum { get; set; }

    /// <summary>The highest value.</summary>
    public T Maximum { get; set; }

    /// <summary>Whether a value lies between them.</summary>
    public bool Contains(T value) => value.CompareTo(Minimum) >= 0 && value.CompareTo(Maximum) <= 0;

    /// <summary>Widens the range so that it contains a value.</summary>
    public void Join(T value)
    {
        if (value.CompareTo(Minimum) < 0)
            Minimum = value;
        if (value.CompareTo(Maximum) > 0)
            Maximum = value;
    }
}
