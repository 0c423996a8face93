using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace DicomRn.Node.Matching;

/// <summary>Checks the section <c>Matching</c> at start; all errors come in one message.</summary>
internal sealed class MatchingOptionsValidation : IValidateOptions<MatchingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MatchingOptions options)
    {
        List<string> errors = [];
        Annotations(options.Series, "Matching:Series", errors);
        Annotations(options.Lesions, "Matching:Lesions", errors);
        Pattern(options.Series.T1cePattern, "Matching:Series:T1cePattern", errors);
        Pattern(options.Lesions.NamePattern, "Matching:Lesions:NamePattern", errors);
        Pattern(options.Lesions.ExcludedNamePattern, "Matching:Lesions:ExcludedNamePattern", errors);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Annotations(object section, string path, List<string> errors)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(section, new ValidationContext(section), results, validateAllProperties: true);
        errors.AddRange(results.Select(r => $"{path}: {r.ErrorMessage}"));
    }

    private static void Pattern(string? pattern, string path, List<string> errors)
    {
        if (pattern is null)
            return;
        try
        {
            _ = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            errors.Add($"{path}: {e.Message}");
        }
    }
}
