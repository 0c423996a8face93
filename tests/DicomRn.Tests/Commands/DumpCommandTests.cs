using System.Text.Json.Nodes;
using DicomRn.CommandLine;
using DicomRn.Tests.CommandLine;

namespace DicomRn.Tests.Commands;

public sealed class DumpCommandTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.dcm");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_data_set_as_text_has_the_keyword_and_the_value_of_each_element()
    {
        await SaveAsync(new DicomDataset { { DicomTag.PatientID, "PHANTOM-1" } });

        CommandLineRun run = await CommandLineRun.OfAsync("dump", _file);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        string line = Assert.Single(run.Output.Split('\n'), l => l.Contains("PatientID", StringComparison.Ordinal));
        Assert.Contains("(0010,0020)", line, StringComparison.Ordinal);
        Assert.Contains("PHANTOM-1", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_JSON_it_is_the_DICOM_JSON_model()
    {
        await SaveAsync(new DicomDataset { { DicomTag.PatientID, "PHANTOM-1" }, { DicomTag.Rows, (ushort)256 } });

        CommandLineRun run = await CommandLineRun.OfAsync("dump", "--json", _file);

        JsonNode model = JsonNode.Parse(run.Output)!;
        Assert.Equal("LO", model["00100020"]!["vr"]!.GetValue<string>());
        Assert.Equal("PHANTOM-1", model["00100020"]!["Value"]![0]!.GetValue<string>());
        Assert.Equal(256, model["00280010"]!["Value"]![0]!.GetValue<int>());
    }

    private Task SaveAsync(DicomDataset dataset) => new DicomFile(dataset
        .AddOrUpdate(DicomTag.SOPClassUID, DicomUID.MRImageStorage)
        .AddOrUpdate(DicomTag.SOPInstanceUID, "2.25.1")).SaveAsync(_file);
}
