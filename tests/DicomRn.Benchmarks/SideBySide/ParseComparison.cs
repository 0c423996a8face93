using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DicomRn.CommandLine;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// <c>side-by-side parse</c>: reading headers up to Pixel Data here, with pydicom and with DCMTK in its own process, alternately on
/// the same files in one run; the ratios are those of the medians. Each parser leaves values encoded until they are asked for.
/// </summary>
internal static class ParseComparison
{
    private const string Own = "dicomrn";

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<DirectoryInfo> data = new("--data") { Description = "A folder of DICOM files to read.", Required = true };
        Option<int> count = new("--count") { Description = "How many headers make a round; files are read again where there are fewer.", DefaultValueFactory = _ => 1000 };
        Option<int> rounds = new("--rounds") { Description = "Rounds after three for warming up.", DefaultValueFactory = _ => 5 };
        RootCommand command = new("Reads the same headers with dicomrn, pydicom and DCMTK.") { data, count, rounds };
        command.SetAction((arguments, token) =>
            CompareAsync(arguments.GetRequiredValue(data), arguments.GetValue(count), arguments.GetValue(rounds), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(DirectoryInfo data, int count, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        string[] readable = [.. data.EnumerateFiles("*", SearchOption.AllDirectories).Select(static f => f.FullName).Where(DicomFile.HasValidHeader).Order(StringComparer.Ordinal)];
        if (readable.Length == 0)
            throw new FileNotFoundException($"{data.FullName} has no DICOM file.");
        string[] files = [.. Enumerable.Range(0, count).Select(i => readable[i % readable.Length])];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dicomrn-parse-");
        try
        {
            string list = Path.Combine(folder.FullName, "files.txt");
            await File.WriteAllLinesAsync(list, files, cancellationToken);
            ExternalParser[] others = [ExternalParser.Pydicom, await ExternalParser.DcmtkAsync(folder.FullName, cancellationToken)];
            Dictionary<string, List<double>> times = new(StringComparer.Ordinal) { [Own] = [] };
            long allocated = 0;
            for (int round = -3; round < rounds; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                double own = Parse(files);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (round < 0)
                    continue;
                times[Own].Add(own);
                foreach (ExternalParser other in others.Where(static o => o.IsThere))
                {
                    times.TryAdd(other.Name, []);
                    times[other.Name].Add(await other.ParseAsync(list, cancellationToken));
                }
            }

            Report(output, files.Length, times, allocated / files.Length);
            foreach (ExternalParser missing in others.Where(static o => !o.IsThere))
                output.WriteLine($"{missing.Name} was not measured: {missing.Missing}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Microseconds per file.</summary>
    private static double Parse(string[] files)
    {
        long begin = Stopwatch.GetTimestamp();
        foreach (string file in files)
            DicomFile.Open(file, DicomEncoding.Default, static state => state.Tag.Group >= 0x7FE0);
        return Stopwatch.GetElapsedTime(begin).TotalMicroseconds / files.Length;
    }

    private static void Report(TextWriter output, int files, Dictionary<string, List<double>> times, long allocated)
    {
        output.WriteLine($"{files} headers, {times[Own].Count} rounds");
        TextTable table = new("parser", ">µs per file: min", ">median", ">max");
        foreach ((string name, List<double> rounds) in times)
            table.Add(name, Text(rounds.Min()), Text(Median(rounds)), Text(rounds.Max()));
        table.Write(output);
        output.WriteLine($"{Own} allocates {allocated} bytes per instance");
        foreach ((string name, List<double> rounds) in times.Where(static t => t.Key != Own))
            output.WriteLine($"times as fast as {name}, by the medians: {Text(Median(rounds) / Median(times[Own]))}");
    }

    private static string Text(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
