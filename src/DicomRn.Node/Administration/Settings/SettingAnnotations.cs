using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DicomRn.Node.Administration.Settings;

/// <summary>What the attributes of a section's properties allow.</summary>
internal static class SettingAnnotations
{
    /// <summary>Notes every property whose value an attribute forbids.</summary>
    public static void Validate(object settings, SettingErrors errors)
    {
        foreach (PropertyInfo property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (ValidationAttribute rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                object? value = property.GetValue(settings);
                if (!rule.IsValid(value))
                    errors.Add(property.Name, value, Reason(rule), Allowed(rule));
            }
        }
    }

    private static string Reason(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "missing",
        RangeAttribute => "out of range",
        _ => "not allowed",
    };

    private static string Allowed(ValidationAttribute rule) => rule switch
    {
        RequiredAttribute => "any value but none",
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"),
        RegularExpressionAttribute expression => $"what the expression {expression.Pattern} matches",
        _ => rule.FormatErrorMessage("the setting"),
    };
}
