using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Settings;
using Microsoft.Extensions.Configuration;

namespace DicomRn.Commands;

/// <summary>Where a command takes the node's settings from: <c>--config</c>, the environment and <c>--set</c>.</summary>
internal sealed class SettingsArguments
{
    private const string FileName = "appsettings.json";

    private readonly Option<FileInfo?> _file = new("--config")
    {
        Description = $"The file of settings. Default: {FileName} in the current folder, else beside the program.",
    };

    private readonly Option<string[]> _values = new("--set")
    {
        Description = "A single setting, before those of the file and of the environment; may be repeated.",
        HelpName = "Section:Name=value",
        AllowMultipleArgumentsPerToken = false,
    };

    public SettingsArguments() => _values.Validators.Add(result =>
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (string text in result.GetValueOrDefault<string[]>() ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                result.AddError($"--set {text}: write it as Section:Name=value.");
            else if (!names.Add(text[..equals]))
                result.AddError($"--set {text}: {text[..equals]} is given twice.");
        }
    });

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_values);
    }

    /// <summary>Gathers the settings, unchecked.</summary>
    /// <exception cref="JobFailedException">There is no such file, or it is not JSON.</exception>
    public IConfigurationRoot Gather(ParseResult arguments)
    {
        string file = FindFile(arguments.GetValue(_file));
        ConfigurationBuilder builder = new();
        NodeSettings.AddSources(builder, file, (arguments.GetValue(_values) ?? []).Select(Split));
        try
        {
            return builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or FormatException)
        {
            throw new JobFailedException($"{file}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    private static string FindFile(FileInfo? given)
    {
        if (given is not null)
            return given.Exists ? given.FullName : throw new JobFailedException($"{given}: no such file.");
        string here = Path.GetFullPath(FileName);
        return File.Exists(here) ? here : Path.Combine(AppContext.BaseDirectory, FileName);
    }

    private static KeyValuePair<string, string?> Split(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return new(text[..equals], text[(equals + 1)..]);
    }
}
