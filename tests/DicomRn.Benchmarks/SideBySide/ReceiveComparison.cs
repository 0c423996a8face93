using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// <c>side-by-side receive</c>: our storage SCP and DCMTK's, alternately, with the same sender, in one run. The rounds of both
/// alternate because a machine is not the same from minute to minute; the ratio is that of the medians.
/// </summary>
internal static class ReceiveComparison
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<DirectoryInfo> data = new("--data") { Description = "A folder of DICOM files to send.", Required = true };
        Option<DirectoryInfo> work = new("--work") { Description = "Where the receivers store; its file system is what is measured.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
        Option<int[]> associations = new("--associations") { Description = "Associations at once.", DefaultValueFactory = _ => [1, 4], AllowMultipleArgumentsPerToken = true };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        Option<FileInfo?> preload = new("--storescp-preload") { Description = "A library that makes storescp sync its files (reads RIG_FSYNC_DIR); without it neither side syncs." };
        RootCommand command = new("Receives the same instances with dicomrn and with DCMTK storescp.") { data, work, associations, rounds, preload };
        command.SetAction(async (arguments, token) =>
        {
            string[] files = Directory.GetFiles(arguments.GetRequiredValue(data).FullName, "*", SearchOption.AllDirectories);
            PreparedInstance[] instances = await Task.WhenAll(files.Order(StringComparer.Ordinal).Select(f => PreparedInstance.ReadAsync(f, token)));
            foreach (int count in arguments.GetValue(associations)!)
            {
                await CompareAsync(instances, count, arguments.GetValue(rounds), arguments.GetRequiredValue(work).FullName,
                    arguments.GetValue(preload)?.FullName, output, token);
            }
        });
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(
        PreparedInstance[] instances, int associations, int rounds, string work, string? preload, TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(work, $"dicomrn-side-by-side-{Environment.ProcessId}");
        ReceiverProgram[] programs = [ReceiverProgram.Own(preload is null ? "none" : "file"), ReceiverProgram.Storescp(associations > 1, preload)];
        List<double>[] rates = [.. programs.Select(_ => new List<double>())];
        List<ReceiverProcess> receivers = [];
        try
        {
            for (int i = 0; i < programs.Length; i++)
                receivers.Add(await ReceiverProcess.StartAsync(programs[i], Path.Combine(folder, Name(i)), cancellationToken));
            for (int round = -1; round < rounds; round++)
            {
                for (int i = 0; i < receivers.Count; i++)
                {
                    receivers[i].Empty();
                    TimeSpan time = await new PreparedSender(receivers[i].EndPoint, "ANY-SCP", instances).SendAsync(associations, cancellationToken);
                    if (receivers[i].StoredFiles < instances.Length)
                        throw new InvalidDataException($"{programs[i].Name} stored {receivers[i].StoredFiles} of {instances.Length} instances.");
                    if (round >= 0)
                        rates[i].Add(instances.Length / time.TotalSeconds);
                }
            }
        }
        finally
        {
            foreach (ReceiverProcess receiver in receivers)
                await receiver.DisposeAsync();
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        long bytes = instances.Sum(i => (long)i.DataSet.Length);
        output.WriteLine($"{instances.Length} instances, {bytes / 1e6:F1} MB, {associations} association(s), {rounds} rounds, on {work}");
        TextTable table = new("receiver", ">instances/s: min", ">median", ">max");
        for (int i = 0; i < programs.Length; i++)
            table.Add(programs[i].Name, Text(rates[i].Min()), Text(Median(rates[i])), Text(rates[i].Max()));
        table.Write(output);
        output.WriteLine($"ratio of the medians, dicomrn / storescp: {(Median(rates[0]) / Median(rates[1])).ToString("F2", CultureInfo.InvariantCulture)}");
        output.WriteLine();
    }

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string Text(double rate) => rate.ToString("F0", CultureInfo.InvariantCulture);

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
