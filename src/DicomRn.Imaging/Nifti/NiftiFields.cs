using System.Buffers.Binary;

namespace DicomRn.Imaging.Nifti;

/// <summary>Numbers of a NIfTI-1 header in the byte order of the file.</summary>
internal readonly ref struct NiftiFields(ReadOnlySpan<byte> bytes, bool bigEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public short Int16(int at) => bigEndian
        ? BinaryPrimitives.ReadInt16BigEndian(_bytes[at..])
        : BinaryPrimitives.ReadInt16LittleEndian(_bytes[at..]);

    public float Float(int at) => bigEndian
        ? BinaryPrimitives.ReadSingleBigEndian(_bytes[at..])
        : BinaryPrimitives.ReadSingleLittleEndian(_bytes[at..]);
}
