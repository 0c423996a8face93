using System.Text;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>An element of one or more texts, separated by backslashes.</summary>
public abstract class DicomMultiStringElement : DicomStringElement
{
    private string[]? _values;

    /// <summary>An element with the values given.</summary>
    protected DicomMultiStringElement(DicomTag tag, params string[] values)
        : base(tag, Join(values))
    {
    }

    /// <summary>An element whose values are still encoded.</summary>
    protected DicomMultiStringElement(DicomTag tag, Encoding[]? encodings, IByteBuffer? buffer)
        : base(tag, encodings, buffer)
    {
    }

    /// <inheritdoc />
    public override int Count => Values.Length;

    /// <summary>The values, without padding.</summary>
    internal string[] Values => _values ??= Split(Text);

    internal override T At<T>(int index)
    {
        string[] values = Values;
        if ((uint)index >= (uint)values.Length)
            throw NoValue(index);
        return ValueConversion.Parse<T>(values[index], Tag);
    }

    private protected static string Join(string?[]? values) => values is null ? "" : string.Join('\\', values);

    private protected override void ValidateValues() => ValueRules.Check(this, Values);

    private static string[] Split(string text)
    {
        if (text.Length == 0)
            return [];
        string[] values = text.Split('\\');
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i].Trim(' ', '\0');
        return values;
    }
}
