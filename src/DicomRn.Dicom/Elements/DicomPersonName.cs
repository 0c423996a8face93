using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>
/// Names of persons (PS3.5 6.2.1): up to three component groups (alphabetic=ideographic=phonetic), each of
/// family^given^middle^prefix^suffix. The properties read the alphabetic group of the first name.
/// </summary>
public sealed class DicomPersonName : DicomMultiStringElement
{
    /// <summary>An element with the names given.</summary>
    public DicomPersonName(DicomTag tag, params string[] values)
        : base(tag, values)
    {
    }

    /// <summary>An element with one name of the components given.</summary>
    public DicomPersonName(DicomTag tag, string last, string first, string? middle = null, string? prefix = null, string? suffix = null)
        : base(tag, string.Join('^', last, first, middle, prefix, suffix).TrimEnd('^'))
    {
    }

    /// <summary>An element whose names are still encoded.</summary>
    public DicomPersonName(DicomTag tag, Encoding[]? encodings, IByteBuffer? data)
        : base(tag, encodings, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.PN;

    /// <summary>Family name.</summary>
    public string Last => Component(0);

    /// <summary>Given name.</summary>
    public string First => Component(1);

    /// <summary>Middle name.</summary>
    public string Middle => Component(2);

    /// <summary>Prefix.</summary>
    public string Prefix => Component(3);

    /// <summary>Suffix.</summary>
    public string Suffix => Component(4);

    private string Component(int index)
    {
        if (Count == 0)
            return "";
        string[] components = Values[0].Split('=')[0].Split('^');
        return index < components.Length ? components[index] : "";
    }
}
