using System.CommandLine;
using System.Globalization;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// <c>side-by-side receive</c>: our storage SCP, DCMTK's, and a raw loop from socket to file, alternately, in one run; DICOM
/// comes from the same sender.
/// </summary>
internal static class ReceiveComparison
{
    private const string Raw = "raw loop";

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<DirectoryInfo> data = new("--data") { Description = "A folder of DICOM files to send.", Required = true };
        Option<DirectoryInfo> work = new("--work") { Description = "Where the receivers store; its file system is what is measured.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
        Option<int[]> associations = new("--associations") { Description = "Associations at once.", DefaultValueFactory = _ => [1, 4], AllowMultipleArgumentsPerToken = true };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        Option<bool> sync = new("--sync") { Description = "Each file is durable before it is acknowledged; compares with the raw loop that does so too." };
        Option<FileInfo?> preload = new("--storescp-preload") { Description = "With --sync: a library that makes storescp sync its files (reads RIG_FSYNC_DIR), which it does not by itself." };
        RootCommand command = new("Receives the same instances with dicomrn, with DCMTK storescp and with a raw loop.")
        {
            data, work, associations, rounds, sync, preload,
        };
        command.SetAction(async (arguments, token) =>
        {
            PreparedInstance[] instances = await PreparedInstance.ReadAllAsync(arguments.GetRequiredValue(data), token);
            foreach (int count in arguments.GetValue(associations)!)
            {
                await CompareAsync(instances, count, arguments.GetValue(rounds), arguments.GetRequiredValue(work).FullName,
                    arguments.GetValue(sync), arguments.GetValue(preload)?.FullName, output, token);
            }
        });
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(
        PreparedInstance[] instances, int associations, int rounds, string work, bool sync, string? preload, TextWriter output,
        CancellationToken cancellationToken)
    {
        ReceiverProgram own = ReceiverProgram.Own(sync ? "file" : "none");
        List<ReceiverProgram> programs = [own];
        if (!sync || preload is not null)
            programs.Add(ReceiverProgram.Storescp(associations > 1, preload, longPdus: true));
        Contest contest = new(sync ? Raw : programs[^1].Name, "instances/s");
        long bytes = instances.Sum(i => (long)i.DataSet.Length);
        await using ReceiverSet receivers = await ReceiverSet.StartAsync(programs, work, cancellationToken);
        string rawFolder = Directory.CreateDirectory(Path.Combine(receivers.Folder, "raw")).FullName;
        for (int round = -1; round < rounds; round++)
        {
            foreach (ReceiverProcess receiver in receivers)
            {
                receiver.Empty();
                TimeSpan cpu = receiver.ProcessorTime;
                TimeSpan time = await new PreparedSender(receiver.EndPoint, "ANY-SCP", instances).SendAsync(associations, cancellationToken);
                if (receiver.StoredFiles < instances.Length)
                    throw new InvalidDataException($"{receiver.Name} stored {receiver.StoredFiles} of {instances.Length} instances.");
                if (round < 0)
                    continue;
                contest.Add(receiver.Name, instances.Length / time.TotalSeconds);
                receiver.Note((receiver.ProcessorTime - cpu).TotalSeconds / (bytes / 1e9));
            }

            foreach (string file in Directory.EnumerateFiles(rawFolder))
                File.Delete(file);
            TimeSpan raw = await new RawLoop(rawFolder, sync).RunAsync(instances, associations);
            if (round >= 0)
                contest.Add(Raw, instances.Length / raw.TotalSeconds);
        }

        output.WriteLine($"{instances.Length} instances, {bytes / 1e6:F1} MB, {associations} association(s), {rounds} rounds, on {work}");
        contest.Write(output);
        output.WriteLine($"{own.Name}: {receivers[0].MedianNote.ToString("F2", CultureInfo.InvariantCulture)} s of processor time per GB");
        output.WriteLine();
    }
}
