using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using DicomRn.Node.Administration;
using DicomRn.Node.Delivery;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// <c>side-by-side send</c>: our <c>send</c> as a process, the same in this process (without the time a program takes to start),
/// and DCMTK's storescu and dcmsend, alternately, to a storescp that keeps nothing. Beside them a sender that encodes everything before
/// its clock starts: the time that is the receiver's alone, which no sender can save.
/// </summary>
internal static class SendComparison
{
    private const string Storescu = "storescu";

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<DirectoryInfo> data = new("--data") { Description = "A folder of DICOM files to send.", Required = true };
        Option<FileInfo?> program = new("--program") { Description = "The dicomrn to run, for instance a published one; else the one built with this." };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        RootCommand command = new("Sends the same files with dicomrn, DCMTK storescu and dcmsend.") { data, program, rounds };
        command.SetAction((arguments, token) => CompareAsync(
            arguments.GetRequiredValue(data), arguments.GetValue(program)?.FullName, arguments.GetValue(rounds), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(
        DirectoryInfo data, string? program, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        string[] files = Directory.GetFiles(data.FullName, "*", SearchOption.AllDirectories);
        PreparedInstance[] instances = await PreparedInstance.ReadAllAsync(data, cancellationToken);
        Contest contest = new(Storescu, "instances/s");
        await using ReceiverSet receivers =
            await ReceiverSet.StartAsync([ReceiverProgram.DiscardingStorescp], Path.GetTempPath(), cancellationToken);
        IPEndPoint peer = receivers[0].EndPoint;
        string port = peer.Port.ToString(CultureInfo.InvariantCulture);
        string[] own = program is null ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "dicomrn.dll")] : [program];
        InstanceSender sender = new(new PeerCall
        {
            Host = peer.Address.ToString(),
            Port = peer.Port,
            CalledAeTitle = "ANY-SCP",
            CallingAeTitle = "SIDE-BY-SIDE",
        });
        (string Name, Func<Task> Send)[] senders =
        [
            ("dicomrn send", () => ExecuteAsync([.. own, "send", $"ANY-SCP@{peer}", .. files], cancellationToken)),
            ("in this process", async () =>
            {
                IReadOnlyList<SentInstance> sent = await sender.SendAsync(files, null, cancellationToken);
                if (!sent.All(instance => instance.IsStored))
                    throw new InvalidDataException("An instance was not stored.");
            }),
            (Storescu, () => ExecuteAsync([Storescu, "-q", peer.Address.ToString(), port, .. files], cancellationToken)),
            ("dcmsend", () => ExecuteAsync(["dcmsend", "-q", peer.Address.ToString(), port, .. files], cancellationToken)),
        ];
        for (int round = -1; round < rounds; round++)
        {
            foreach ((string name, Func<Task> send) in senders)
            {
                long start = Stopwatch.GetTimestamp();
                await send();
                if (round >= 0)
                    contest.Add(name, files.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            TimeSpan receiving = await new PreparedSender(peer, "ANY-SCP", instances).SendAsync(associations: 1, cancellationToken);
            if (round >= 0)
                contest.Add("encoded before", instances.Length / receiving.TotalSeconds);
        }

        output.WriteLine($"{files.Length} instances, {files.Sum(f => new FileInfo(f).Length) / 1e6:F1} MB, {rounds} rounds");
        contest.Write(output);
    }

    private static async Task ExecuteAsync(string[] commandLine, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(commandLine[0], commandLine[1..]) { RedirectStandardOutput = true };
        // Without it DCMTK waits 40 ms for an acknowledgement, once per instance.
        start.Environment["TCP_NODELAY"] = "1";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{commandLine[0]} did not start.");
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{commandLine[0]} ended with exit code {process.ExitCode}.");
    }
}
