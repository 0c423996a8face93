using System.Globalization;

namespace DicomRn.Node.Matching;

/// <summary>The day on which images were taken.</summary>
internal static class ImageDay
{
    /// <summary>By Acquisition DateTime or Date, Series Date or Study Date, the first that is a date; null where none is.</summary>
    public static DateOnly? Of(DicomDataset image)
    {
        foreach (DicomTag tag in new[] { DicomTag.AcquisitionDateTime, DicomTag.AcquisitionDate, DicomTag.SeriesDate, DicomTag.StudyDate })
        {
            if (image.TryGetString(tag, out string? text) && Parse(text) is { } day)
                return day;
        }

        return null;
    }

    /// <summary>The date that a DA or DT value begins with, or null.</summary>
    public static DateOnly? Parse(string? text) =>
        text?.Trim() is { Length: >= 8 } value
        && DateOnly.TryParseExact(value[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
