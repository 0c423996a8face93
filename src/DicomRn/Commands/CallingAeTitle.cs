using System.CommandLine;

namespace DicomRn.Commands;

/// <summary>The option <c>--calling</c> of the commands that call a peer.</summary>
internal static class CallingAeTitle
{
    /// <summary>The option, with the default DICOMRN.</summary>
    public static Option<string> CreateOption()
    {
        Option<string> option = new("--calling")
        {
            Description = "The AE title to call with.",
            HelpName = "AE",
            DefaultValueFactory = _ => "DICOMRN",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= 16 } title || title.Any(c => c is < ' ' or > '~' or '\\'))
                result.AddError("--calling takes an AE title: 1 to 16 printable ASCII characters without backslash.");
        });
        return option;
    }
}
