using System.Buffers.Binary;
using System.Globalization;
using DicomRn.Imaging.Geometry;

namespace DicomRn.Imaging.Nrrd;

/// <summary>The fields of an NRRD header that one scalar volume needs (teem.sourceforge.net/nrrd/format.html).</summary>
internal sealed class NrrdHeader
{
    private readonly string _type;
    private readonly bool _bigEndian;

    private NrrdHeader(Dictionary<string, string> fields)
    {
        _type = TypeName(Required(fields, "type"));
        _bigEndian = fields.GetValueOrDefault("endian", "little") == "big";
        Compressed = Required(fields, "encoding") switch
        {
            "raw" => false,
            "gzip" or "gz" => true,
            string other => throw new InvalidDataException($"encoding '{other}' is not supported"),
        };
        if (fields.ContainsKey("data file") || fields.ContainsKey("datafile"))
            throw new InvalidDataException("its data is in another file, which is not supported");
        Geometry = Grid(fields);
    }

    public VolumeGeometry Geometry { get; }

    public bool Compressed { get; }

    public int VoxelBytes => _type switch
    {
        "int8" or "uint8" => 1,
        "int16" or "uint16" => 2,
        "double" => 8,
        _ => 4,
    };

    public static NrrdHeader Parse(string text)
    {
        Dictionary<string, string> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in text.Split('\n').Select(l => l.Trim()))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                fields[line[..colon]] = line[(colon + 2)..].Trim();
        }

        return new NrrdHeader(fields);
    }

    public float[] Decode(byte[] bytes)
    {
        float[] values = new float[bytes.Length / VoxelBytes];
        if (_bigEndian)
        {
            for (int n = 0; n < bytes.Length; n += VoxelBytes)
                bytes.AsSpan(n, VoxelBytes).Reverse();
        }

        for (int n = 0; n < values.Length; n++)
        {
            ReadOnlySpan<byte> b = bytes.AsSpan(n * VoxelBytes, VoxelBytes);
            values[n] = _type switch
            {
                "int8" => (sbyte)b[0],
                "uint8" => b[0],
                "int16" => BinaryPrimitives.ReadInt16LittleEndian(b),
                "uint16" => BinaryPrimitives.ReadUInt16LittleEndian(b),
                "int32" => BinaryPrimitives.ReadInt32LittleEndian(b),
                "uint32" => BinaryPrimitives.ReadUInt32LittleEndian(b),
                "float" => BinaryPrimitives.ReadSingleLittleEndian(b),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(b),
            };
        }

        return values;
    }

    private static string TypeName(string type) => type switch
    {
        "signed char" or "int8" or "int8_t" => "int8",
        "uchar" or "unsigned char" or "uint8" or "uint8_t" => "uint8",
        "short" or "short int" or "signed short" or "signed short int" or "int16" or "int16_t" => "int16",
        "ushort" or "unsigned short" or "unsigned short int" or "uint16" or "uint16_t" => "uint16",
        "int" or "signed int" or "int32" or "int32_t" => "int32",
        "uint" or "unsigned int" or "uint32" or "uint32_t" => "uint32",
        "float" or "double" => type,
        _ => throw new InvalidDataException($"type '{type}' is not supported"),
    };

    private static VolumeGeometry Grid(Dictionary<string, string> fields)
    {
        double[] sizes = Numbers(Required(fields, "sizes"));
        if (Required(fields, "dimension") != "3" || sizes.Length != 3 || sizes.Any(s => s is not (>= 1 and <= 65535)))
            throw new InvalidDataException($"its size is '{fields["sizes"]}'; only volumes of three dimensions are supported");
        (double x, double y, double z) = Signs(fields.GetValueOrDefault("space", ""));
        PatientVector[] axes = Axes(fields);
        PatientVector origin = fields.TryGetValue("space origin", out string? text) && Vectors(text) is [var only] ? only : default;
        PatientVector[] lps = Array.ConvertAll(axes, a => new PatientVector(a.X * x, a.Y * y, a.Z * z));
        if (!(Math.Abs(lps[0].Cross(lps[1]).Dot(lps[2])) > 0))
            throw new InvalidDataException("its voxels have no volume");
        return new VolumeGeometry
        {
            Columns = (int)sizes[0],
            Rows = (int)sizes[1],
            Slices = (int)sizes[2],
            Origin = new PatientPoint(origin.X * x, origin.Y * y, origin.Z * z),
            DirectionI = lps[0].Normalized(),
            DirectionJ = lps[1].Normalized(),
            DirectionK = lps[2].Normalized(),
            SpacingI = lps[0].Length,
            SpacingJ = lps[1].Length,
            SpacingK = lps[2].Length,
        };
    }

    private static PatientVector[] Axes(Dictionary<string, string> fields)
    {
        if (fields.TryGetValue("space directions", out string? directions))
        {
            return Vectors(directions) is { Length: 3 } axes
                ? axes
                : throw new InvalidDataException($"its space directions are '{directions}'");
        }

        double[] spacings = fields.TryGetValue("spacings", out string? text) ? Numbers(text) : [1, 1, 1];
        if (spacings.Length != 3 || spacings.Any(s => !(s > 0)))
            throw new InvalidDataException($"its spacings are '{text}'");
        return [new(spacings[0], 0, 0), new(0, spacings[1], 0), new(0, 0, spacings[2])];
    }

    private static (double X, double Y, double Z) Signs(string space) => space.ToUpperInvariant() switch
    {
        "" or "LEFT-POSTERIOR-SUPERIOR" or "LPS" => (1, 1, 1),
        "RIGHT-ANTERIOR-SUPERIOR" or "RAS" => (-1, -1, 1),
        "LEFT-ANTERIOR-SUPERIOR" or "LAS" => (1, -1, 1),
        _ => throw new InvalidDataException($"space '{space}' is not supported"),
    };

    private static PatientVector[] Vectors(string text) =>
        [.. text.Split(['(', ')'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(v => Numbers(v.Replace(',', ' ')))
            .Select(n => n.Length == 3 ? new PatientVector(n[0], n[1], n[2]) : throw new InvalidDataException($"'{text}' holds no vectors of three"))];

    private static double[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n =>
            double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
                ? value
                : throw new InvalidDataException($"'{n}' is no number"))];

    private static string Required(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out string? value) ? value : throw new InvalidDataException($"its header has no '{name}'");
}
