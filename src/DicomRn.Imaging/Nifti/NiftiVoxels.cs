using System.Numerics;
using System.Runtime.InteropServices;

namespace DicomRn.Imaging.Nifti;

/// <summary>Stored voxels to values.</summary>
internal static class NiftiVoxels
{
    /// <summary>Decodes as many voxels as there are in <paramref name="bytes"/>, which it may reorder.</summary>
    public static void Decode(Span<byte> bytes, NiftiHeader header, Span<float> values)
    {
        Order(bytes, header);
        if (header.DataType == NiftiDataType.Float32 && !IsScaled(header))
        {
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
            return;
        }

        switch (header.DataType)
        {
            case NiftiDataType.UInt8:
                Decode<byte>(bytes, header, values);
                break;
            case NiftiDataType.Int8:
                Decode<sbyte>(bytes, header, values);
                break;
            case NiftiDataType.Int16:
                Decode<short>(bytes, header, values);
                break;
            case NiftiDataType.UInt16:
                Decode<ushort>(bytes, header, values);
                break;
            case NiftiDataType.Int32:
                Decode<int>(bytes, header, values);
                break;
            case NiftiDataType.UInt32:
                Decode<uint>(bytes, header, values);
                break;
            case NiftiDataType.Float32:
                Decode<float>(bytes, header, values);
                break;
            case NiftiDataType.Float64:
                Decode<double>(bytes, header, values);
                break;
        }
    }

    /// <summary>1 where the value is above 0, else 0.</summary>
    public static void DecodeMask(Span<byte> bytes, NiftiHeader header, Span<byte> mask)
    {
        Order(bytes, header);
        switch (header.DataType)
        {
            case NiftiDataType.UInt8:
                DecodeMask<byte>(bytes, header, mask);
                break;
            case NiftiDataType.Int8:
                DecodeMask<sbyte>(bytes, header, mask);
                break;
            case NiftiDataType.Int16:
                DecodeMask<short>(bytes, header, mask);
                break;
            case NiftiDataType.UInt16:
                DecodeMask<ushort>(bytes, header, mask);
                break;
            case NiftiDataType.Int32:
                DecodeMask<int>(bytes, header, mask);
                break;
            case NiftiDataType.UInt32:
                DecodeMask<uint>(bytes, header, mask);
                break;
            case NiftiDataType.Float32:
                DecodeMask<float>(bytes, header, mask);
                break;
            case NiftiDataType.Float64:
                DecodeMask<double>(bytes, header, mask);
                break;
        }
    }

    public static void ReverseBytes(Span<byte> bytes, int size)
    {
        for (int n = 0; size > 1 && n < bytes.Length; n += size)
            bytes.Slice(n, size).Reverse();
    }

    private static void Order(Span<byte> bytes, NiftiHeader header)
    {
        if (header.BigEndian == BitConverter.IsLittleEndian)
            ReverseBytes(bytes, header.DataType.Bytes());
    }

    private static bool IsScaled(NiftiHeader header) =>
        header.Slope != 0 && double.IsFinite(header.Slope) && (header.Slope != 1 || header.Intercept != 0);

    private static (double Slope, double Intercept) Scale(NiftiHeader header) => !IsScaled(header)
        ? (1, 0)
        : (header.Slope, double.IsFinite(header.Intercept) ? header.Intercept : 0);

    private static void Decode<T>(ReadOnlySpan<byte> bytes, NiftiHeader header, Span<float> values)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> stored = MemoryMarshal.Cast<byte, T>(bytes);
        (double slope, double intercept) = Scale(header);
        for (int n = 0; n < stored.Length; n++)
            values[n] = (float)(double.CreateTruncating(stored[n]) * slope + intercept);
    }

    private static void DecodeMask<T>(ReadOnlySpan<byte> bytes, NiftiHeader header, Span<byte> mask)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> stored = MemoryMarshal.Cast<byte, T>(bytes);
        (double slope, double intercept) = Scale(header);
        for (int n = 0; n < stored.Length; n++)
            mask[n] = double.CreateTruncating(stored[n]) * slope + intercept > 0 ? (byte)1 : (byte)0;
    }
}
