using System.Text.Json;
using DicomRn.Learning.Packs;

namespace DicomRn.Commands;

/// <summary>Parts of a manifest in words, as they are written in configuration files.</summary>
internal static class ModelText
{
    /// <summary>How clinical variables come in, and which.</summary>
    public static string Of(FusionDescription fusion) => $"{Word(fusion.Kind)} of {string.Join(", ", fusion.Groups.Select(g => Word(g)))}";

    private static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
