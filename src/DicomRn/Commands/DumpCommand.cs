using System.CommandLine;
using DicomRn.CommandLine;

namespace DicomRn.Commands;

/// <summary><c>dicomrn dump</c>: a data set as text or as the DICOM JSON model (PS3.18 F).</summary>
internal sealed class DumpCommand : ProgramCommand
{
    private readonly Argument<FileInfo> _file = new("FILE") { Description = "A DICOM file." };

    private readonly Option<bool> _json = new("--json") { Description = "Write the DICOM JSON model (PS3.18 F) instead of text." };

    public DumpCommand(CommandConsole console)
        : base(console, "dump", "Shows a data set as text, or as the DICOM JSON model.")
    {
        Add(_file);
        Add(_json);
        AddExample("dump IM0001.dcm", "every element on a line, sequences indented");
        AddExample("dump --json IM0001.dcm | jq '.\"00100010\"'", "for a program");
    }

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        DicomFile file = await OpenAsync(arguments.GetRequiredValue(_file).FullName);
        cancellationToken.ThrowIfCancellationRequested();
        string text = arguments.GetValue(_json) ? Json(file) : file.WriteToString();
        await Console.Output.WriteLineAsync(text.AsMemory().TrimEnd('\n'), cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<DicomFile> OpenAsync(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            throw new JobFailedException($"{path} is empty.");
        return await DicomFile.OpenAsync(path);
    }

    // A decimal string that is no number is shown as it is.
    private static string Json(DicomFile file) => DicomJson.ConvertDicomToJson(
        file.Dataset, numberSerializationMode: NumberSerializationMode.PreferablyAsNumber);
}
