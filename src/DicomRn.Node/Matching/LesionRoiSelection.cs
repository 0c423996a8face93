using System.Text.RegularExpressions;

namespace DicomRn.Node.Matching;

/// <summary>
/// Which regions are lesions: those of an interpreted type that says so; where there is none, those whose name says
/// so; never organs, outer contours, avoidance regions or excluded names.
/// </summary>
internal sealed class LesionRoiSelection
{
    private readonly IReadOnlyList<string> _types;
    private readonly IReadOnlyList<string> _excludedTypes;
    private readonly Regex _name;
    private readonly Regex? _excluded;

    /// <summary>Compiles the patterns.</summary>
    public LesionRoiSelection(LesionRoiSettings settings)
    {
        _types = settings.InterpretedTypes ?? LesionRoiSettings.DefaultInterpretedTypes;
        _excludedTypes = settings.ExcludedInterpretedTypes ?? LesionRoiSettings.DefaultExcludedInterpretedTypes;
        _name = Compile(settings.NamePattern);
        _excluded = settings.ExcludedNamePattern is { Length: > 0 } pattern ? Compile(pattern) : null;
    }

    /// <summary>The lesions among <paramref name="rois"/>, in their order.</summary>
    public IReadOnlyList<T> Select<T>(IReadOnlyList<T> rois, Func<T, LesionRoi> describe)
    {
        T[] possible = [.. rois.Where(r => !IsExcluded(describe(r)))];
        T[] byType = [.. possible.Where(r => Is(_types, describe(r).InterpretedType))];
        return byType.Length > 0 ? byType : [.. possible.Where(r => _name.IsMatch(describe(r).Name))];
    }

    private bool IsExcluded(LesionRoi roi) =>
        Is(_excludedTypes, roi.InterpretedType)
        || _excluded?.IsMatch(roi.Name) == true;

    private static bool Is(IReadOnlyList<string> types, string type) => types.Contains(type.Trim(), StringComparer.OrdinalIgnoreCase);

    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
