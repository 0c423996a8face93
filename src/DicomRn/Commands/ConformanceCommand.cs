using System.CommandLine;
using DicomRn.CommandLine;
using DicomRn.Node.Administration.Conformance;
using DicomRn.Node.Administration.Settings;

namespace DicomRn.Commands;

/// <summary><c>dicomrn conformance</c>: the DICOM conformance statement of the node as it is set.</summary>
internal sealed class ConformanceCommand : ProgramCommand
{
    private readonly SettingsArguments _settings = new();

    private readonly Option<FileInfo?> _output = new("--output", "-o") { Description = "A file for the statement instead of stdout." };

    public ConformanceCommand(CommandConsole console)
        : base(console, "conformance", "Writes the DICOM conformance statement of the node as it is set, in Markdown.")
    {
        Add(_output);
        _settings.AddTo(this);
        AddExample("conformance --config /etc/dicomrn/appsettings.json --output conformance.md", "for the people who run the PACS");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        NodeSettings settings = NodeSettings.Read(_settings.Gather(arguments));
        string statement = ConformanceStatement.Write(settings);
        if (arguments.GetValue(_output) is { } file)
            await File.WriteAllTextAsync(file.FullName, statement, cancellationToken);
        else
            await Console.Output.WriteAsync(statement);
        return ExitCode.Success;
    }
}
