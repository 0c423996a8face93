using System.Buffers.Binary;
using System.Text;
using CsCheck;
using DicomRn.Learning.Weights;

namespace DicomRn.Learning.Tests.Weights;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Tensors_survive_a_round_trip()
    {
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 1, 20], Gen.Float.Array[0, 30]).Array[0, 6].Sample(entries =>
        {
            Dictionary<string, StoredTensor> tensors = [];
            foreach ((string name, float[] values) in entries)
                tensors[name] = new StoredTensor([values.Length], values);
            SafeTensors.Write(_path, tensors);
            IReadOnlyDictionary<string, StoredTensor> read = SafeTensors.Read(_path);
            Assert.Equal(tensors.Count, read.Count);
            foreach ((string name, StoredTensor tensor) in tensors)
            {
                Assert.Equal(tensor.Shape, read[name].Shape);
                Assert.Equal(tensor.Values.Select(BitConverter.SingleToInt32Bits), read[name].Values.Select(BitConverter.SingleToInt32Bits));
            }
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void Half_precision_is_read()
    {
        byte[] values = new byte[8];
        BinaryPrimitives.WriteHalfLittleEndian(values, (Half)1.5f);
        BinaryPrimitives.WriteHalfLittleEndian(values.AsSpan(2), (Half)(-2f));
        BinaryPrimitives.WriteUInt16LittleEndian(values.AsSpan(4), 0x3F80);
        BinaryPrimitives.WriteUInt16LittleEndian(values.AsSpan(6), 0xC000);
        Write("""{"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[4,8]}}""", values);
        IReadOnlyDictionary<string, StoredTensor> read = SafeTensors.Read(_path);
        Assert.Equal([1.5f, -2f], read["h"].Values);
        Assert.Equal([1f, -2f], read["b"].Values);
    }

    [Fact]
    public void Files_of_other_writers_are_read()
    {
        // Metadata, spaces, names out of order, values that do not begin at a multiple of 8, a scalar and an empty tensor.
        byte[] values = new byte[14];
        BinaryPrimitives.WriteSingleLittleEndian(values, 2.5f);
        BinaryPrimitives.WriteDoubleLittleEndian(values.AsSpan(4), -0.125);
        BinaryPrimitives.WriteUInt16LittleEndian(values.AsSpan(12), 0x7F80); // infinity in BF16
        string header = """
            { "__metadata__": {"format": "pt", "note": "x"}, "z": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
              "b": {"data_offsets": [12, 14], "shape": [1, 1], "dtype": "BF16"}, "e": {"dtype": "F16", "shape": [0, 3], "data_offsets": [12, 12]},
              "a": {"dtype": "F64", "shape": [1], "data_offsets": [4, 12]} }
            """;
        Write(header.PadRight(header.Length / 8 * 8 + 11), values);
        IReadOnlyDictionary<string, StoredTensor> read = SafeTensors.Read(_path);
        Assert.Equal(4, read.Count);
        Assert.Equal([2.5f], read["z"].Values);
        Assert.Empty(read["z"].Shape);
        Assert.Equal([-0.125f], read["a"].Values);
        Assert.Equal([float.PositiveInfinity], read["b"].Values);
        Assert.Equal([0, 3], read["e"].Shape);
    }

    [Fact]
    public void The_header_tells_of_tensors_that_cannot_be_read()
    {
        Write("""{"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", new byte[12]);
        IReadOnlyList<SafeTensorEntry> header = SafeTensors.ReadHeader(_path);
        Assert.Equal([("n", "I64", false), ("w", "F32", true)], header.Select(e => (e.Name, e.Type, e.IsReadable)));
        Assert.Equal([0f], SafeTensors.Read(_path, header.Where(e => e.IsReadable))["w"].Values);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4)] // shorter than its shape
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8)] // a gap in front
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8)] // bytes left over
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4)] // outside the file
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", 4)] // overflow
    [InlineData("""{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4)]
    [InlineData("[]", 0)]
    [InlineData("{", 0)]
    public void Malformed_header_is_refused_naming_the_file(string header, int values)
    {
        Write(header, new byte[values]);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(_path));
        Assert.Contains(_path, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(long.MaxValue)]
    public void Header_length_beyond_the_file_is_refused(long length)
    {
        byte[] file = new byte[64];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        File.WriteAllBytes(_path, file);
        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(_path));
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_nothing_else()
    {
        SafeTensors.Write(_path, new Dictionary<string, StoredTensor> { ["a"] = new([2, 2], [1, 2, 3, 4]), ["b"] = new([1], [5]) });
        byte[] whole = File.ReadAllBytes(_path);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, whole.Length]).Sample((at, value, length) =>
        {
            byte[] damaged = [.. whole.Take(Math.Max(length, at + 1))];
            damaged[at] = value;
            File.WriteAllBytes(_path, damaged);
            if (Record.Exception(() => SafeTensors.Read(_path)) is { } e)
                Assert.IsType<InvalidDataException>(e);
        }, iter: 500, threads: 1);
    }

    private void Write(string header, byte[] values)
    {
        byte[] text = Encoding.UTF8.GetBytes(header), size = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, text.Length);
        File.WriteAllBytes(_path, [.. size, .. text, .. values]);
    }
}
