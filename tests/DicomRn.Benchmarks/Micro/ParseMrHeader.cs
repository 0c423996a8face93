using BenchmarkDotNet.Attributes;

namespace DicomRn.Benchmarks.Micro;

/// <summary>Opening one MR image of 256 × 256 and reading what sorts it into its series, pixel data left in the file.</summary>
[MemoryDiagnoser]
public class ParseMrHeader
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"dicomrn-benchmark-{Environment.ProcessId}");

    private string _file = "";

    [GlobalSetup]
    public void WriteFile() => _file = MrInstance.WriteSeries(_folder, 1)[0];

    [GlobalCleanup]
    public void RemoveFile() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public string Parse()
    {
        DicomDataset header = DicomFile.Open(_file, FileReadOption.ReadLargeOnDemand).Dataset;
        return header.GetString(DicomTag.SeriesInstanceUID);
    }
}
