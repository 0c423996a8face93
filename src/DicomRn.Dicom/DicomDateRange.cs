using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>A range of dates and times as a query matches it (PS3.4 C.2.2.2.5); an end left at its extreme is open.</summary>
public class DicomDateRange : DicomRange<DateTime>
{
    /// <summary>All times.</summary>
    public DicomDateRange()
        : base(DateTime.MinValue, DateTime.MaxValue)
    {
    }

    /// <summary>From <paramref name="min"/> to <paramref name="max"/>.</summary>
    public DicomDateRange(DateTime min, DateTime max)
        : base(min, max)
    {
    }

    /// <summary>The range of days, for instance <c>20260101-20260131</c>.</summary>
    public override string ToString() => ToString("yyyyMMdd");

    /// <summary>The range in a format of <see cref="DateTime"/>, both ends separated by a hyphen; empty where both are open.</summary>
    public string ToString(string format)
    {
        string first = Minimum == DateTime.MinValue ? "" : Minimum.ToString(format, CultureInfo.InvariantCulture);
        string last = Maximum == DateTime.MaxValue ? "" : Maximum.ToString(format, CultureInfo.InvariantCulture);
        return first.Length == 0 && last.Length == 0 ? "" : first == last ? first : $"{first}-{last}";
    }
}
