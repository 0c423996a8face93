using System.CommandLine;
using System.Diagnostics;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary><c>side-by-side associations</c>: connect, associate, C-ECHO, release per second, ours and DCMTK's storescp.</summary>
internal static class AssociationComparison
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<int> count = new("--count") { Description = "Associations in a round.", DefaultValueFactory = _ => 3000 };
        Option<int> connections = new("--connections") { Description = "Clients at once.", DefaultValueFactory = _ => 2 };
        Option<int> rounds = new("--rounds") { Description = "Rounds after one for warming up.", DefaultValueFactory = _ => 5 };
        RootCommand command = new("Associates, echoes and releases with dicomrn and with DCMTK storescp.") { count, connections, rounds };
        command.SetAction((arguments, token) => CompareAsync(
            arguments.GetValue(count), arguments.GetValue(connections), arguments.GetValue(rounds), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task CompareAsync(int count, int connections, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        ReceiverProgram dcmtk = ReceiverProgram.Storescp(manyAssociations: false, preload: null);
        Contest contest = new(dcmtk.Name, "associations/s");
        await using ReceiverSet receivers = await ReceiverSet.StartAsync([ReceiverProgram.Own("none"), dcmtk], Path.GetTempPath(), cancellationToken);
        for (int round = -1; round < rounds; round++)
        {
            foreach (ReceiverProcess receiver in receivers)
            {
                AssociationScript script = new(receiver.EndPoint);
                TimeSpan cpu = receiver.ProcessorTime;
                long start = Stopwatch.GetTimestamp();
                await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(
                    () => script.Run(count / connections), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
                TimeSpan time = Stopwatch.GetElapsedTime(start);
                if (round < 0)
                    continue;
                contest.Add(receiver.Name, count / time.TotalSeconds);
                receiver.Note((receiver.ProcessorTime - cpu).TotalMicroseconds / count);
            }
        }

        output.WriteLine($"{count} associations a round from {connections} client(s) at once, {rounds} rounds");
        contest.Write(output);
        foreach (ReceiverProcess receiver in receivers)
            output.WriteLine($"{receiver.Name}: {receiver.MedianNote:F0} µs of processor time per association");
    }
}
