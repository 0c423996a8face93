using System.Text.Json;
using System.Text.Json.Serialization;

namespace DicomRn.Node.State;

/// <summary>How <see cref="Pipeline.StudyResult"/> is written to the store.</summary>
internal static class StudyResultJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };
}
