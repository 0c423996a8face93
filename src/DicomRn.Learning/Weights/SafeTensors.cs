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
    /// <summary>The types that are read, for messages.</summary>
    public const string ReadableTypes = "F32, F16, BF16 and F64";

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
    /// <exception cref="InvalidDataException">The file is not well-formed, or a tensor is of a type that cannot be read; the message names it.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path)
    {
        IReadOnlyList<SafeTensorEntry> entries = ReadHeader(path);
        return entries.FirstOrDefault(e => !e.IsReadable) is { } unreadable
            ? throw new InvalidDataException($"{path} is not a safetensors file: {unreadable.Name} is of type {unreadable.Type}; {ReadableTypes} can be read.")
            : Read(path, entries);
    }

    /// <summary>What a file holds, in the order of its header, whatever the types; the values are not read.</summary>
    /// <exception cref="InvalidDataException">The file is not well-formed; the message names it.</exception>
    public static IReadOnlyList<SafeTensorEntry> ReadHeader(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return ParseHeader(file);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException or FormatException
            or InvalidOperationException or OverflowException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is not a safetensors file: {e.Message}", e);
        }
    }

    /// <summary>Reads some of the tensors that <see cref="ReadHeader"/> found; all of readable types.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string path, IEnumerable<SafeTensorEntry> entries)
    {
        using FileStream file = File.OpenRead(path);
        Dictionary<string, StoredTensor> tensors = [];
        foreach (SafeTensorEntry entry in entries)
        {
            byte[] bytes = new byte[entry.Length];
            file.Position = entry.Position;
            file.ReadExactly(bytes);
            tensors.Add(entry.Name, new StoredTensor(entry.Shape, Decode(bytes, entry.Type, (int)entry.Count)));
        }

        return tensors;
    }

    private static List<SafeTensorEntry> ParseHeader(FileStream file)
    {
        Span<byte> length = stackalloc byte[8];
        if (file.ReadAtLeast(length, 8, throwOnEndOfStream: false) < 8)
            throw new InvalidDataException("it is shorter than its header.");
        long size = BinaryPrimitives.ReadInt64LittleEndian(length), values = file.Length - 8 - size;
        if (size is < 2 or > LargestHeader || values < 0)
            throw new InvalidDataException($"its header claims {size} bytes.");
        byte[] text = new byte[size];
        file.ReadExactly(text);
        using JsonDocument header = JsonDocument.Parse(text);
        List<SafeTensorEntry> entries = [];
        HashSet<string> names = [];
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
                continue;
            entries.Add(ParseEntry(entry, 8 + size, values));
            if (!names.Add(entry.Name))
                throw new InvalidDataException($"{entry.Name} is there twice.");
        }

        RequireGapless(entries, 8 + size, values);
        return entries;
    }

    private static SafeTensorEntry ParseEntry(JsonProperty entry, long start, long values)
    {
        long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
        long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64())];
        if (shape.Any(d => d < 0) || shape.Length > 16)
            throw new InvalidDataException($"{entry.Name} has a shape that cannot be.");
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > values)
            throw new InvalidDataException($"{entry.Name} lies outside the file.");
        SafeTensorEntry read = new(entry.Name, entry.Value.GetProperty("dtype").GetString() ?? "", shape, start + offsets[0], offsets[1] - offsets[0]);
        if (read.IsReadable && read.Length != checked(read.Count * read.Width))
            throw new InvalidDataException($"{entry.Name} is not as long as its shape.");
        return read.Length <= Array.MaxLength ? read : throw new InvalidDataException($"{entry.Name} has more than {Array.MaxLength} bytes.");
    }

    private static float[] Decode(ReadOnlySpan<byte> bytes, string type, int count)
    {
        float[] values = new float[count];
        switch (type)
        {
            case "F32" when BitConverter.IsLittleEndian:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            case "F32":
                for (int n = 0; n < count; n++)
                    values[n] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(n * 4)..]);
                break;
            case "F16":
                for (int n = 0; n < count; n++)
                    values[n] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(n * 2)..]);
                break;
            case "BF16":
                for (int n = 0; n < count; n++)
                    values[n] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(n * 2)..]) << 16);
                break;
            default:
                for (int n = 0; n < count; n++)
                    values[n] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(n * 8)..]);
                break;
        }

        return values;
    }

    private static void RequireGapless(IEnumerable<SafeTensorEntry> entries, long start, long length)
    {
        long at = start;
        foreach (SafeTensorEntry entry in entries.OrderBy(e => e.Position).ThenBy(e => e.Length))
        {
            if (entry.Position != at)
                throw new InvalidDataException("its tensors overlap or leave gaps.");
            at += entry.Length;
        }

        if (at != start + length)
            throw new InvalidDataException($"it holds {length} bytes of values instead of {at - start}.");
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
