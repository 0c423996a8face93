using System.Runtime.InteropServices;
using DicomRn.Dicom.IO.Buffer;

namespace DicomRn.Dicom;

/// <summary>An element of binary numbers.</summary>
/// <typeparam name="TValue">The number type.</typeparam>
public abstract class DicomValueElement<TValue> : DicomElement
    where TValue : unmanaged
{
    private protected DicomValueElement(DicomTag tag, params TValue[] values)
        : base(tag, Bytes(values))
    {
    }

    private protected DicomValueElement(DicomTag tag, IByteBuffer? data)
        : base(tag, data)
    {
    }

    /// <inheritdoc />
    public override int Count => (int)(Buffer.Size / Marshal.SizeOf<TValue>());

    internal override T At<T>(int index)
    {
        if ((uint)index >= (uint)Count)
            throw NoValue(index);
        return ValueConversion.Convert<TValue, T>(Numbers()[index], Tag);
    }

    internal override T[] All<T>()
    {
        ReadOnlySpan<TValue> numbers = Numbers();
        if (typeof(T) == typeof(TValue))
            return (T[])(object)numbers.ToArray();
        if (typeof(T) == typeof(byte))
            return (T[])(object)Buffer.Data;
        T[] values = new T[numbers.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueConversion.Convert<TValue, T>(numbers[i], Tag);
        return values;
    }

    private protected override void ValidateValues()
    {
        if (Buffer.Size % Marshal.SizeOf<TValue>() is > 0 and long rest)
        {
            throw new DicomValidationException(
                null,
                ValueRepresentation,
                $"{Tag} {Tag.DictionaryEntry.Name} ({ValueRepresentation.Code}): {Buffer.Size} bytes are {rest} more than whole values of {Marshal.SizeOf<TValue>()}.");
        }
    }

    private static IByteBuffer Bytes(TValue[]? values) => values is null || values.Length == 0
        ? EmptyBuffer.Value
        : new MemoryByteBuffer(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private ReadOnlySpan<TValue> Numbers()
    {
        ReadOnlySpan<byte> bytes = Buffer is MemoryByteBuffer memory ? memory.Span : Buffer.Data;
        return MemoryMarshal.Cast<byte, TValue>(bytes);
    }
}
