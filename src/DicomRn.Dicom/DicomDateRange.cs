using System.Globalization;

namespace DicomRn.Dicom;

/// <summary>A range of dates or times, as a query matches it (PS3.4 C.2.2.2.5); open where it has no beginning or no end.</summary>
public class DicomDateRange : DicomRange<DateTime>
{
    /// <summary>All dates.</summary>
    public DicomDateRange()
        : this(DateTime.MinValue, DateTime.MaxValue)
    {
    }

    /// <summary>From a beginning, <see cref="DateTime.MinValue"/> for none, to an end, <see cref="DateTime.MaxValue"/> for none.</summary>
    public DicomDateRange(DateTime min, DateTime max)
        : base(min, max)
    {
    }

    /// <summary>The range as DT; empty where it has neither beginning nor end.</summary>
    public override string ToString() => ToString("yyyyMMddHHmmss");

    /// <summary>The range in a format of <see cref="DateTime"/>, such as yyyyMMdd; empty where it has neither beginning nor end.</summary>
    public string ToString(string format)
    {
        string from = Minimum == DateTime.MinValue ? "" : Minimum.ToString(format, CultureInfo.InvariantCulture);
        string to = Maximum == DateTime.MaxValue ? "" : Maximum.ToString(format, CultureInfo.InvariantCulture);
        return from.Length + to.Length == 0 ? "" : $"{from}-{to}";
    }
}
