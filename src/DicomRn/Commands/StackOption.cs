using System.CommandLine;

namespace DicomRn.Commands;

/// <summary>An option that picks one of the volumes of a series, counted from 1.</summary>
internal static class StackOption
{
    /// <summary>The option.</summary>
    public static Option<int?> Create(string name, string description)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (int.TryParse(result.Tokens.SingleOrDefault()?.Value, out int stack) && stack < 1)
                result.AddError($"{name}: volumes are counted from 1.");
        });
        return option;
    }
}
