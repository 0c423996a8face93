using System.CommandLine;

namespace DicomRn.Commands;

/// <summary>The option <c>--bind</c> of the commands that listen.</summary>
internal static class BindAddress
{
    /// <summary>The option, by default every IPv4 address of the machine.</summary>
    public static Option<string> CreateOption()
    {
        Option<string> option = new("--bind")
        {
            Description = "The IP address to listen on.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "0.0.0.0",
        };
        option.Validators.Add(result =>
        {
            if (!System.Net.IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError("--bind takes an IP address of this machine.");
        });
        return option;
    }
}
