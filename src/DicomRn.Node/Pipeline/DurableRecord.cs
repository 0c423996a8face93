using System.Text.Json;
using System.Text.Json.Serialization;

namespace DicomRn.Node.Pipeline;

/// <summary>
/// The JSON record that a step leaves in a study's work folder. It is written last, to a temporary name, flushed to the disk and
/// renamed, so that a record that is there is whole and stands for files that are there. A rename lost in a power cut only
/// means that the step is repeated, with the same result.
/// </summary>
internal static class DurableRecord
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The record, or null where it is absent or no record of this kind.</summary>
    public static async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        try
        {
            await using FileStream stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<T>(stream, Json, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the record.</summary>
    public static Task WriteAsync<T>(string path, T record, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(path, stream => JsonSerializer.SerializeAsync(stream, record, Json, cancellationToken), cancellationToken);

    /// <summary>The text of a record, as it is written.</summary>
    public static string Text<T>(T record) => JsonSerializer.Serialize(record, Json);
}
