using System.Globalization;

namespace DicomRn.Learning.Radiomics;

/// <summary>A value of a settings file, with the key that errors name.</summary>
internal readonly struct SettingValue(string key, object? value)
{
    public bool IsNull => value is null or "" or "null" or "~" or "None";

    public string Text => value as string ?? "";

    public double Double => Number(Text);

    public int Int => int.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new RadiomicsException($"{key}: '{Text}' is not a whole number");

    public bool Bool => bool.TryParse(Text, out bool flag) ? flag : throw new RadiomicsException($"{key}: '{Text}' is neither true nor false");

    /// <summary>The elements of a list; one value alone is a list of one, none is empty.</summary>
    public string[] List => value switch
    {
        IEnumerable<object?> many => [.. many.Select(v => v as string ?? "")],
        _ => IsNull ? [] : [Text],
    };

    public VoxelSpacing? Spacing
    {
        get
        {
            double[] axes = Array.ConvertAll(List, Number);
            if (Array.Exists(axes, a => a < 0))
                throw new RadiomicsException($"{key}: a spacing is negative");
            return axes switch
            {
                [] => null,
                [double all] => VoxelSpacing.Isotropic(all),
                [double i, double j, double k] => new VoxelSpacing(i, j, k),
                _ => throw new RadiomicsException($"{key} needs one value or three"),
            };
        }
    }

    public IntensityRange? Range => Array.ConvertAll(List, Number) switch
    {
        [] => null,
        [double low] => new IntensityRange(low, double.PositiveInfinity),
        [double low, double high] when low <= high => new IntensityRange(low, high),
        _ => throw new RadiomicsException($"{key} needs a lower and an upper value"),
    };

    public T OneOf<T>()
        where T : struct, Enum =>
        Enum.TryParse(Text, ignoreCase: true, out T one) && !char.IsDigit(Text.FirstOrDefault())
            ? one
            : throw new RadiomicsException($"{key}: '{Text}' is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    /// <summary>Accepts one value only: the others change what is computed, and are not supported.</summary>
    public T Require<T>(string wanted, T result) =>
        List is [string only] && string.Equals(only, wanted, StringComparison.OrdinalIgnoreCase)
            ? result
            : throw new RadiomicsException($"{key}: only {wanted} is supported");

    public static Dictionary<string, object?> Map(object? value, string key) => value switch
    {
        null or "" => [],
        IDictionary<object, object?> map => map.ToDictionary(e => e.Key as string ?? "", e => (object?)e.Value),
        _ => throw new RadiomicsException($"{key} is not a table of keys and values"),
    };

    private double Number(string text) => text.ToLowerInvariant() switch
    {
        "inf" or ".inf" or "+inf" => double.PositiveInfinity,
        "-inf" or "-.inf" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => number,
        _ => throw new RadiomicsException($"{key}: '{text}' is not a number"),
    };
}
