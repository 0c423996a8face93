namespace DicomRn.Dicom;

/// <summary>A closed range of values.</summary>
/// <typeparam name="T">Type of the values.</typeparam>
public class DicomRange<T>
    where T : IComparable<T>
{
    /// <summary>A range from <paramref name="min"/> to <paramref name="max"/>, both in it.</summary>
    public DicomRange(T min, T max) => (Minimum, Maximum) = (min, max);

    /// <summary>The first value.</summary>
    public T Minimum { get; set; }

    /// <summary>The last value.</summary>
    public T Maximum { get; set; }

    /// <summary>Whether a value lies in the range.</summary>
    public bool Contains(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.CompareTo(Minimum) >= 0 && value.CompareTo(Maximum) <= 0;
    }
}
