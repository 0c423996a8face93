using System.Globalization;

namespace DicomRn.Learning.Cohorts.Import.Molab;

/// <summary>A cell of the workbook: number, date or text. Empty cells, blanks and <c>n/a</c> are all nothing.</summary>
internal readonly record struct MolabCell(object? Value)
{
    private static readonly string[] Nothing = ["", "n/a", "na", "nan", "-"];

    public string? Text
    {
        get
        {
            string text = Convert.ToString(Value, CultureInfo.InvariantCulture)?.Replace('\u00A0', ' ').Trim() ?? "";
            return Nothing.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : text;
        }
    }

    /// <summary>The number; a date is its serial. Decimals with point or comma. Null for what is no number.</summary>
    public double? Number => Value switch
    {
        DateTime date => date.ToOADate(),
        double number => number,
        _ => double.TryParse(Text?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
    };

    /// <summary>Days since MR1 of a treatment or event: a number is days, a cell that Excel holds as a date is a serial.</summary>
    public double? Day => Value is DateTime date ? MolabTime.OfSerial(date.ToOADate()) : Number;

    public int? Whole => Number is { } number && number == Math.Floor(number) && Math.Abs(number) < 1e9 ? (int)number : null;
}
