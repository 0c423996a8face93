using System.Globalization;

namespace DicomRn.Learning.Cohorts.Import.Molab;

/// <summary>
/// The three clocks of MOLAB, all as days since the first MR (MR1 = day 0, which is 1 January 1900). File names hold calendar dates. The
/// MR columns of the workbook hold Excel-1900 serials, in which 1 is 1 January and 60 a 29 February 1900 that never was: from
/// March on a serial is two more than the day, before only one. Times of treatments and of necrosis are days already.
/// </summary>
internal static class MolabTime
{
    private const int LeapDaySerial = 60;
    private static readonly DateOnly FirstMr = new(1900, 1, 1);

    public static double OfSerial(double serial) => serial < LeapDaySerial ? serial - 1 : Math.Max(serial, LeapDaySerial + 1) - 2;

    /// <summary>The day of <c>yyyymmdd</c>; null for what is no date. 19000229 is the day that Excel made up.</summary>
    public static double? OfFileDate(string date)
    {
        if (date == "19000229")
            return OfSerial(LeapDaySerial);
        return DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day.DayNumber - FirstMr.DayNumber
            : null;
    }
}
