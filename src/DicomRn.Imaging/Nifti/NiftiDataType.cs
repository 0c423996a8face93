namespace DicomRn.Imaging.Nifti;

/// <summary>The voxel types of NIfTI-1 that are read, by their code in the header's datatype field.</summary>
internal enum NiftiDataType : short
{
    UInt8 = 2,
    Int16 = 4,
    Int32 = 8,
    Float32 = 16,
    Float64 = 64,
    Int8 = 256,
    UInt16 = 512,
    UInt32 = 768,
}

internal static class NiftiDataTypeSize
{
    public static int Bytes(this NiftiDataType type) => type switch
    {
        NiftiDataType.UInt8 or NiftiDataType.Int8 => 1,
        NiftiDataType.Int16 or NiftiDataType.UInt16 => 2,
        NiftiDataType.Float64 => 8,
        _ => 4,
    };
}
