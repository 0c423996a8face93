namespace DicomRn.Dicom;

/// <summary>All values of an element as an array whose type is known only as a whole.</summary>
internal static class ValueArrays
{
    public static T All<T>(DicomElement element)
    {
        Type item = typeof(T).GetElementType()!;
        object all = Type.GetTypeCode(item) switch
        {
            _ when item.IsEnum => throw Unsupported(element, typeof(T)),
            TypeCode.Byte => element.All<byte>(),
            TypeCode.SByte => element.All<sbyte>(),
            TypeCode.Int16 => element.All<short>(),
            TypeCode.UInt16 => element.All<ushort>(),
            TypeCode.Int32 => element.All<int>(),
            TypeCode.UInt32 => element.All<uint>(),
            TypeCode.Int64 => element.All<long>(),
            TypeCode.UInt64 => element.All<ulong>(),
            TypeCode.Single => element.All<float>(),
            TypeCode.Double => element.All<double>(),
            TypeCode.Decimal => element.All<decimal>(),
            TypeCode.DateTime => element.All<DateTime>(),
            TypeCode.String => element.All<string>(),
            _ when item == typeof(DicomTag) => element.All<DicomTag>(),
            _ when item == typeof(DicomUID) => element.All<DicomUID>(),
            _ when item == typeof(DicomTransferSyntax) => element.All<DicomTransferSyntax>(),
            _ when item == typeof(object) => element.All<object>(),
            _ => throw Unsupported(element, typeof(T)),
        };
        return (T)all;
    }

    private static DicomDataException Unsupported(DicomElement element, Type type) =>
        new($"The values of {element.Tag} cannot be had as {type.Name}.");
}
