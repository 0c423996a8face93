using System.Globalization;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>A time of day (PS3.5 6.2).</summary>
public class DicomTime : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomTime(DicomTag tag, params DateTime[] values)
        : base(tag, Array.ConvertAll(values ?? [], Format))
    {
    }

    /// <summary>An element with the values given.</summary>
    public DicomTime(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element that asks for a range, in a query.</summary>
    public DicomTime(DicomTag tag, DicomDateRange range)
        : base(tag, range.ToString("HHmmss"))
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomTime(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.TM;

    internal static string Format(DateTime value) =>
        value.ToString("HHmmss.ffffff", CultureInfo.InvariantCulture);

    internal override T At<T>(int index)
    {
        if (typeof(T) != typeof(DateTime))
            return base.At<T>(index);
        string text = base.At<string>(index);
        try
        {
            return (T)(object)DicomDateFormats.ParseTime(text);
        }
        catch (FormatException)
        {
            throw new DicomDataException($"A value of {Tag} {Tag.DictionaryEntry.Name} is no time of day.");
        }
    }
}
