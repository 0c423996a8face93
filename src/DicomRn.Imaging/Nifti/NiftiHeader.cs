using System.Buffers.Binary;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Nifti;

/// <summary>The fields of a NIfTI-1 header (nifti1.h) that a single volume needs, and their place in its 348 bytes.</summary>
internal sealed record NiftiHeader
{
    public const int Size = 348;
    private const int MaximumDimension = 32767;

    public required VolumeGeometry Geometry { get; init; }

    public required NiftiDataType DataType { get; init; }

    public required long VoxelOffset { get; init; }

    public bool BigEndian { get; init; }

    /// <summary>Stored values become values by × slope + intercept; a slope of 0 means as stored.</summary>
    public double Slope { get; init; }

    public double Intercept { get; init; }

    /// <exception cref="InvalidDataException">Not NIfTI-1, or nothing this reader can use; the message says what.</exception>
    public static NiftiHeader Parse(ReadOnlySpan<byte> b)
    {
        int size = BinaryPrimitives.ReadInt32LittleEndian(b);
        bool big = size != Size && BinaryPrimitives.ReverseEndianness(size) == Size;
        if (size == 540 || BinaryPrimitives.ReverseEndianness(size) == 540)
            throw new InvalidDataException("NIfTI-2 is not supported, only NIfTI-1");
        if (!big && size != Size)
            throw new InvalidDataException("it is not a NIfTI-1 file (the header does not begin with 348)");
        if (b[344..348].SequenceEqual("ni1\0"u8))
            throw new InvalidDataException("the header says that the voxels are in an .img file beside it; only single files (.nii, .nii.gz) are supported");
        if (!b[344..348].SequenceEqual("n+1\0"u8))
            throw new InvalidDataException("it is not a NIfTI-1 file (no n+1 mark)");

        NiftiFields f = new(b, big);
        int dimensions = f.Int16(40);
        if (dimensions is < 1 or > 7)
            throw new InvalidDataException($"it has {dimensions} dimensions");
        for (int d = 4; d <= dimensions; d++)
        {
            if (f.Int16(40 + 2 * d) > 1)
                throw new InvalidDataException($"dimension {d} has {f.Int16(40 + 2 * d)} elements; only single volumes are supported");
        }

        int columns = f.Int16(42), rows = dimensions > 1 ? f.Int16(44) : 1, slices = dimensions > 2 ? f.Int16(46) : 1;
        if (columns < 1 || rows < 1 || slices < 1)
            throw new InvalidDataException($"its size is {columns}×{rows}×{slices}");
        NiftiDataType type = (NiftiDataType)f.Int16(70);
        if (!Enum.IsDefined(type))
            throw new InvalidDataException($"data type {(int)type} is not supported");
        float offset = f.Float(108);
        if (!(offset >= Size && offset < int.MaxValue))
            throw new InvalidDataException($"its voxels begin at {offset}");
        return new NiftiHeader
        {
            Geometry = NiftiSpace.Read(f, columns, rows, slices),
            DataType = type,
            VoxelOffset = (long)offset,
            BigEndian = big,
            Slope = f.Float(112),
            Intercept = f.Float(116),
        };
    }

    /// <exception cref="NotSupportedException">The volume has more than 32767 voxels along an axis.</exception>
    public byte[] ToBytes()
    {
        VolumeGeometry g = Geometry;
        if (Math.Max(g.Columns, Math.Max(g.Rows, g.Slices)) > MaximumDimension)
            throw new NotSupportedException($"NIfTI-1 holds at most {MaximumDimension} voxels along an axis.");
        byte[] b = new byte[VoxelOffset];
        Span<byte> s = b;
        BinaryPrimitives.WriteInt32LittleEndian(s, Size);
        s[38] = (byte)'r';
        short[] dim = [3, (short)g.Columns, (short)g.Rows, (short)g.Slices, 1, 1, 1, 1];
        for (int n = 0; n < dim.Length; n++)
            BinaryPrimitives.WriteInt16LittleEndian(s[(40 + 2 * n)..], dim[n]);
        BinaryPrimitives.WriteInt16LittleEndian(s[70..], (short)DataType);
        BinaryPrimitives.WriteInt16LittleEndian(s[72..], (short)(8 * DataType.Bytes()));
        BinaryPrimitives.WriteSingleLittleEndian(s[80..], (float)g.SpacingI);
        BinaryPrimitives.WriteSingleLittleEndian(s[84..], (float)g.SpacingJ);
        BinaryPrimitives.WriteSingleLittleEndian(s[88..], (float)g.SpacingK);
        BinaryPrimitives.WriteSingleLittleEndian(s[108..], VoxelOffset);
        BinaryPrimitives.WriteSingleLittleEndian(s[112..], (float)Slope);
        BinaryPrimitives.WriteSingleLittleEndian(s[116..], (float)Intercept);
        s[123] = 2; // mm
        NiftiSpace.Write(s, g);
        "n+1\0"u8.CopyTo(s[344..]);
        return b;
    }
}
