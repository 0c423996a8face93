using System.Globalization;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Numbers as text of up to 16 characters (PS3.5 6.2).</summary>
public class DicomDecimalString : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomDecimalString(DicomTag tag, params decimal[] values)
        : base(tag, Array.ConvertAll(values ?? [], ToDecimalString))
    {
    }

    /// <summary>An element with the values given.</summary>
    public DicomDecimalString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomDecimalString(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.DS;

    /// <summary>The nearest number that 16 characters hold.</summary>
    public static string ToDecimalString(decimal value)
    {
        string text = value.ToString("0.############################", CultureInfo.InvariantCulture);
        return text.Length <= 16 ? text : ToDecimalString((double)value);
    }

    /// <summary>The nearest number that 16 characters hold.</summary>
    /// <exception cref="DicomDataException">It is infinite or not a number.</exception>
    internal static string ToDecimalString(double value)
    {
        if (!double.IsFinite(value))
            throw new DicomDataException("A decimal string cannot hold a number that is not finite.");
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (text.Length <= 16)
            return text;
        string best = "";
        double error = double.PositiveInfinity;
        for (int digits = 15; digits > 8; digits--)
        {
            foreach (char format in "GE")
            {
                text = Shorten(value.ToString($"{format}{digits}", CultureInfo.InvariantCulture));
                double difference = Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - value);
                if (text.Length <= 16 && difference < error)
                    (best, error) = (text, difference);
            }
        }

        return best;
    }

    internal override T[] All<T>()
    {
        if (typeof(T) != typeof(double) || Data is not MemoryByteBuffer memory)
            return base.All<T>();
        return (T[])(object)Numbers(memory.Span);
    }

    internal override T At<T>(int index) =>
        typeof(T) == typeof(object) ? (T)(object)base.At<decimal>(index) : base.At<T>(index);

    // Contours have many thousands of numbers: no text is made of them on the way.
    private double[] Numbers(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimEnd(" \0"u8);
        if (bytes.IsEmpty)
            return [];
        double[] numbers = new double[bytes.Count((byte)'\\') + 1];
        int n = 0;
        foreach (Range range in bytes.Split((byte)'\\'))
        {
            if (!double.TryParse(bytes[range].Trim(" \0"u8), NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[n++]))
                throw new DicomDataException($"A value of {Tag} {Tag.DictionaryEntry.Name} is no number.");
        }

        return numbers;
    }

    private static string Shorten(string text)
    {
        int e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
            return text;
        string mantissa = text[..e].Contains('.', StringComparison.Ordinal) ? text[..e].TrimEnd('0').TrimEnd('.') : text[..e];
        int exponent = int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);
        return $"{mantissa}E{exponent.ToString(CultureInfo.InvariantCulture)}";
    }
}
