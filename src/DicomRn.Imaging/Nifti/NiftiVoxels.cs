using System.Runtime.InteropServices;

namespace DicomRn.Imaging.Nifti;

/// <summary>Stored voxels to values.</summary>
internal static class NiftiVoxels
{
    /// <summary>Decodes as many voxels as there are in <paramref name="bytes"/>, which it may reorder.</summary>
    public static void Decode(Span<byte> bytes, NiftiHeader header, Span<double> values)
    {
        if (header.BigEndian == BitConverter.IsLittleEndian)
            ReverseBytes(bytes, header.DataType.Bytes());
        switch (header.DataType)
        {
            case NiftiDataType.UInt8:
                Widen<byte>(bytes, values, v => v);
                break;
            case NiftiDataType.Int8:
                Widen<sbyte>(bytes, values, v => v);
                break;
            case NiftiDataType.Int16:
                Widen<short>(bytes, values, v => v);
                break;
            case NiftiDataType.UInt16:
                Widen<ushort>(bytes, values, v => v);
                break;
            case NiftiDataType.Int32:
                Widen<int>(bytes, values, v => v);
                break;
            case NiftiDataType.UInt32:
                Widen<uint>(bytes, values, v => v);
                break;
            case NiftiDataType.Float32:
                Widen<float>(bytes, values, v => v);
                break;
            case NiftiDataType.Float64:
                Widen<double>(bytes, values, v => v);
                break;
        }

        if (header.Slope == 0 || !double.IsFinite(header.Slope) || (header.Slope == 1 && header.Intercept == 0))
            return;
        double intercept = double.IsFinite(header.Intercept) ? header.Intercept : 0;
        for (int n = 0; n < bytes.Length / header.DataType.Bytes(); n++)
            values[n] = values[n] * header.Slope + intercept;
    }

    public static void ReverseBytes(Span<byte> bytes, int size)
    {
        for (int n = 0; size > 1 && n < bytes.Length; n += size)
            bytes.Slice(n, size).Reverse();
    }

    private static void Widen<T>(ReadOnlySpan<byte> bytes, Span<double> values, Func<T, double> widen)
        where T : unmanaged
    {
        ReadOnlySpan<T> stored = MemoryMarshal.Cast<byte, T>(bytes);
        for (int n = 0; n < stored.Length; n++)
            values[n] = widen(stored[n]);
    }
}
