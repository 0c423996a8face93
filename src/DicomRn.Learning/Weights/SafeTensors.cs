using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DicomRn.Learning.Weights;

/// <summary>
/// The safetensors format: 8 bytes little-endian length, a JSON header of names, types, shapes and offsets, then the
/// values. Read: F32, F16, BF16, F64; written: F32.
/// </summary>
internal static class SafeTensors
{
    private const long LargestHeader = 100_000_000;

    /// <summary>Writes tensors in the order of their names.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        string[] names = [.. tensors.Keys.Order(StringComparer.Ordinal)];
        using MemoryStream header = new();
        using (Utf8JsonWriter json = new(header))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (string name in names)
            {
                long length = 4L * tensors[name].Values.Length;
                WriteEntry(json, name, tensors[name].Shape, offset, offset + length);
                offset += length;
            }

            json.WriteEndObject();
        }

        // The format wants the values aligned to 8 bytes; the header is filled up with spaces.
        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, header.Length);
        file.Write(size);
        file.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        foreach (string name in names)
            file.Write(MemoryMarshal.AsBytes(tensors[name].Values.AsSpan()));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <exception cref="InvalidDataException">The file is not well-formed; the message names it.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or FormatException or InvalidOperationException
            or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: {e.Message}", e);
        }
    }

    private static Dictionary<string, StoredTensor> Parse(byte[] file)
    {
        if (file.Length < 8)
            throw new InvalidDataException("it is shorter than its header.");
        long size = BinaryPrimitives.ReadInt64LittleEndian(file);
        if (size is < 2 or > LargestHeader || size > file.Length - 8)
            throw new InvalidDataException($"its header claims {size} bytes.");
        ReadOnlyMemory<byte> values = file.AsMemory(8 + (int)size);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)size));
        Dictionary<string, StoredTensor> tensors = [];
        List<(long Begin, long End)> ranges = [];
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
                continue;
            (StoredTensor tensor, long begin, long end) = ReadEntry(entry, values.Span);
            if (!tensors.TryAdd(entry.Name, tensor))
                throw new InvalidDataException($"{entry.Name} is there twice.");
            ranges.Add((begin, end));
        }

        RequireGapless(ranges, values.Length);
        return tensors;
    }

    private static (StoredTensor Tensor, long Begin, long End) ReadEntry(JsonProperty entry, ReadOnlySpan<byte> values)
    {
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64())];
        string type = entry.Value.GetProperty("dtype").GetString() ?? "";
        if (shape.Any(d => d < 0) || shape.Length > 16)
            throw new InvalidDataException($"{entry.Name} has a shape that cannot be.");
        long count = shape.Aggregate(1L, (product, d) => checked(product * d));
        int width = type switch
        {
            "F32" => 4,
            "F16" or "BF16" => 2,
            "F64" => 8,
            _ => throw new InvalidDataException($"{entry.Name} is of type {type}; F32, F16, BF16 and F64 can be read."),
        };
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] > values.Length || offsets[1] - offsets[0] != checked(count * width))
            throw new InvalidDataException($"{entry.Name} lies outside the file or is not as long as its shape.");
        ReadOnlySpan<byte> bytes = values[(int)offsets[0]..(int)offsets[1]];
        return (new StoredTensor(shape, Decode(bytes, type, (int)count)), offsets[0], offsets[1]);
    }

    private static float[] Decode(ReadOnlySpan<byte> bytes, string type, int count)
    {
        float[] values = new float[count];
        for (int n = 0; n < count; n++)
        {
            values[n] = type switch
            {
                "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes[(n * 4)..]),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(n * 2)..]),
                "BF16" => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(n * 2)..]) << 16),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(n * 8)..]),
            };
        }

        return values;
    }

    private static void RequireGapless(List<(long Begin, long End)> ranges, long length)
    {
        long at = 0;
        foreach ((long begin, long end) in ranges.OrderBy(r => r.Begin).ThenBy(r => r.End))
        {
            if (begin != at)
                throw new InvalidDataException("its tensors overlap or leave gaps.");
            at = end;
        }

        if (at != length)
            throw new InvalidDataException($"it holds {length} bytes of values instead of {at}.");
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, IReadOnlyList<long> shape, long begin, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (long d in shape)
            json.WriteNumberValue(d);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
