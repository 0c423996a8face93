using System.Text.RegularExpressions;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Node.Matching;

/// <summary>Checks settings that are regular expressions.</summary>
internal static class SettingPattern
{
    /// <summary>Notes an error where the pattern does not compile.</summary>
    public static void Check(SettingErrors errors, string setting, string? pattern)
    {
        try
        {
            _ = new Regex(pattern ?? "", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            errors.Add(setting, pattern, e.Message, "a .NET regular expression");
        }
    }
}
