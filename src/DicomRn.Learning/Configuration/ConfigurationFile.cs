using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DicomRn.Learning.Configuration;

/// <summary>The JSON file of a learning step: settings by name (case does not matter), comments allowed, unknown names refused.</summary>
public static class ConfigurationFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">What is wrong with values that are well-formed.</param>
    /// <exception cref="ConfigurationException">It is not there, not JSON, or wrong; all errors are told.</exception>
    public static T Read<T>(string path, Func<T, IEnumerable<string>> faults)
        where T : class
    {
        if (!File.Exists(path))
            throw new ConfigurationException(path, ["there is no such file"]);
        return Parse(File.ReadAllText(path), path, faults);
    }

    /// <summary>The settings as text, every one of them.</summary>
    public static string Write<T>(T configuration)
        where T : class => JsonSerializer.Serialize(configuration, Json);

    internal static T Parse<T>(string text, string path, Func<T, IEnumerable<string>> faults)
        where T : class
    {
        List<string> found = [];
        T? read = null;
        try
        {
            JsonNode? root = JsonNode.Parse(text, documentOptions: Reading);
            Check(root, typeof(T), "", found);
            if (found.Count == 0)
                read = root.Deserialize<T>(Json);
        }
        catch (JsonException e)
        {
            found.Add(e.Message);
        }
        catch (ArgumentException e)
        {
            // A name that stands twice in an object.
            found.Add(e.Message);
        }

        if (read is not null)
            found.AddRange(faults(read).Select(AsWritten));
        return found.Count == 0 ? read! : throw new ConfigurationException(path, found);
    }

    /// <summary>Every setting on its own, so that all errors are found and not only the first.</summary>
    private static void Check(JsonNode? node, Type type, string name, List<string> faults)
    {
        JsonTypeInfo info = Json.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind != JsonTypeInfoKind.Object || node is null)
        {
            CheckValue(node, type, name, faults);
            return;
        }

        if (node is not JsonObject settings)
        {
            faults.Add($"{(name.Length == 0 ? "the file" : name)}: an object of settings in braces");
            return;
        }

        string prefix = name.Length == 0 ? "" : name + ".";
        JsonPropertyInfo[] known = [.. info.Properties.Where(p => p.Set is not null)];
        foreach ((string key, JsonNode? value) in settings)
        {
            JsonPropertyInfo? property = known.FirstOrDefault(p => string.Equals(p.Name, key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
                faults.Add($"{prefix}{key}: no such setting; there are {string.Join(", ", known.Select(p => p.Name))}");
            else
                Check(value, property.PropertyType, prefix + property.Name, faults);
        }

        foreach (JsonPropertyInfo missing in known.Where(p => p.IsRequired && !settings.Any(s => string.Equals(s.Key, p.Name, StringComparison.OrdinalIgnoreCase))))
            faults.Add($"{prefix}{missing.Name}: missing");
    }

    private static void CheckValue(JsonNode? node, Type type, string name, List<string> faults)
    {
        try
        {
            object? value = node.Deserialize(type, Json);
            if (value is null && Nullable.GetUnderlyingType(type) is null && type.IsValueType)
                faults.Add($"{name}: a value is missing");
        }
        catch (JsonException)
        {
            faults.Add($"{name}: {node?.ToJsonString() ?? "null"} is not {Wanted(Nullable.GetUnderlyingType(type) ?? type)}");
        }
    }

    /// <summary>The names before the colon as they are written in the file.</summary>
    private static string AsWritten(string fault)
    {
        int colon = fault.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? fault : string.Join(", ", fault[..colon].Split(", ").Select(
            name => string.Join('.', name.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)))) + fault[colon..];
    }

    private static string Wanted(Type type) =>
        type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type == typeof(string) ? "a text"
        : "what is wanted here";
}
