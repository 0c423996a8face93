namespace DicomRn.Learning.Weights;

/// <summary>A tensor of a safetensors file, by its header.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as the file has it, such as <c>F32</c>.</param>
/// <param name="Shape">Sizes of the dimensions.</param>
/// <param name="Position">Where its values begin in the file.</param>
/// <param name="Length">Bytes of the values.</param>
internal sealed record SafeTensorEntry(string Name, string Type, IReadOnlyList<long> Shape, long Position, long Length)
{
    /// <summary>Bytes of a value; 0 for types that are not read.</summary>
    public int Width => Type switch { "F32" => 4, "F16" or "BF16" => 2, "F64" => 8, _ => 0 };

    /// <summary>Whether the values can be read.</summary>
    public bool IsReadable => Width > 0;

    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, d) => checked(product * d));
}
