using System.Buffers.Binary;
using System.Globalization;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>Tags of other elements (PS3.5 6.2).</summary>
public class DicomAttributeTag : DicomElement
{
    /// <summary>An element with the values given.</summary>
    public DicomAttributeTag(DicomTag tag, params DicomTag[] values)
        : base(tag, Bytes(values))
    {
    }

    /// <summary>An element whose value bytes are given, little endian.</summary>
    public DicomAttributeTag(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override DicomVR ValueRepresentation => DicomVR.AT;

    /// <inheritdoc />
    public override int Count => (int)(Buffer.Size / 4);

    internal override T At<T>(int index)
    {
        if ((uint)index >= (uint)Count)
            throw NoValue(index);
        ReadOnlySpan<byte> bytes = Buffer.Data.AsSpan(4 * index, 4);
        DicomTag value = DicomTag.Of(
            (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16 | BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));
        if (typeof(T) == typeof(uint))
            return (T)(object)value.Value;
        return ValueConversion.Convert<DicomTag, T>(value, Tag);
    }

    /// <summary>A tag given as a tag, a number or text ("gggg,eeee", a keyword).</summary>
    /// <exception cref="DicomDataException">It is none; the message names the element, not the text.</exception>
    internal static DicomTag Read(object? value, DicomTag element)
    {
        try
        {
            return value switch
            {
                DicomTag tag => tag,
                string text => DicomTag.Parse(text),
                _ => DicomTag.Of(Convert.ToUInt32(value, CultureInfo.InvariantCulture)),
            };
        }
        catch (Exception e) when (e is DicomDataException or FormatException or OverflowException or InvalidCastException)
        {
            throw new DicomDataException($"A value of {element} {element.DictionaryEntry.Name} is no tag.");
        }
    }

    private static IByteBuffer Bytes(DicomTag[]? values)
    {
        if (values is null || values.Length == 0)
            return EmptyBuffer.Value;
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4 * i), values[i].Group);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((4 * i) + 2), values[i].Element);
        }

        return new MemoryByteBuffer(bytes);
    }
}
