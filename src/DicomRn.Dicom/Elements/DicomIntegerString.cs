using System.Globalization;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Integers as text of up to 12 characters (PS3.5 6.2).</summary>
public class DicomIntegerString : DicomMultiStringElement
{
    /// <summary>An element with the values given.</summary>
    public DicomIntegerString(DicomTag tag, params int[] values)
        : base(tag, Array.ConvertAll(values ?? [], static v => v.ToString(CultureInfo.InvariantCulture)))
    {
    }

    /// <summary>An element with the values given.</summary>
    public DicomIntegerString(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    public DicomIntegerString(DicomTag tag, IByteBuffer? data)
        : base(tag, null, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.IS;

    internal override T At<T>(int index) => typeof(T) == typeof(object)
        ? (T)(object)base.At<int>(index)
        : typeof(T).IsEnum ? (T)Enum.ToObject(typeof(T), base.At<int>(index)) : base.At<T>(index);
}
