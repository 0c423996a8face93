using System.CommandLine;
using System.Globalization;
using DicomRn.CommandLine;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary><c>side-by-side memory</c>: resident memory while the same folder comes on several associations at once, each its own copy.</summary>
internal static class MemoryComparison
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        Option<DirectoryInfo> data = new("--data") { Description = "A folder of DICOM files, sent whole on every association.", Required = true };
        Option<DirectoryInfo> work = new("--work") { Description = "Where the receivers store.", DefaultValueFactory = _ => new DirectoryInfo(Path.GetTempPath()) };
        Option<int> associations = new("--associations") { Description = "Associations at once.", DefaultValueFactory = _ => 4 };
        Option<int> rounds = new("--rounds") { Description = "Rounds; memory that grows from one to the next is not flat.", DefaultValueFactory = _ => 5 };
        RootCommand command = new("Resident memory of dicomrn receive and of DCMTK storescp.") { data, work, associations, rounds };
        command.SetAction(async (arguments, token) => await MeasureAsync(
            await PreparedInstance.ReadAllAsync(arguments.GetRequiredValue(data), token),
            arguments.GetRequiredValue(work).FullName, arguments.GetValue(associations), arguments.GetValue(rounds), output, token));
        return await command.Parse(args).InvokeAsync(cancellationToken: cancellationToken);
    }

    private static async Task MeasureAsync(
        PreparedInstance[] instances, string work, int associations, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        // Without --fork storescp takes one association after the other, in the one process whose memory is read.
        await using ReceiverSet receivers = await ReceiverSet.StartAsync(
            [ReceiverProgram.Own("none"), ReceiverProgram.Storescp(manyAssociations: false, preload: null, longPdus: true)], work, cancellationToken);
        long[] idle = [.. receivers.Select(receiver => receiver.WorkingSet)];
        TextTable table = new("receiver", ">round", ">idle before, MB", ">peak, MB", ">above idle, MB");
        for (int round = 1; round <= rounds; round++)
        {
            for (int i = 0; i < receivers.Count; i++)
            {
                long peak = await PeakAsync(receivers[i], instances, associations, cancellationToken);
                table.Add(receivers[i].Name, round.ToString(CultureInfo.InvariantCulture), Megabytes(idle[i]), Megabytes(peak), Megabytes(peak - idle[i]));
            }
        }

        output.WriteLine($"{associations} associations at once, {instances.Length} instances, {instances.Sum(i => (long)i.DataSet.Length) / 1e6:F1} MB on each");
        table.Write(output);
    }

    private static async Task<long> PeakAsync(
        ReceiverProcess receiver, PreparedInstance[] instances, int associations, CancellationToken cancellationToken)
    {
        long peak = 0;
        Task sending = Task.WhenAll(Enumerable.Range(0, associations).Select(
            _ => new PreparedSender(receiver.EndPoint, "ANY-SCP", instances).SendAsync(1, cancellationToken)));
        using PeriodicTimer timer = new(Interval);
        while (!sending.IsCompleted)
        {
            peak = Math.Max(peak, receiver.WorkingSet);
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await sending;
        return Math.Max(peak, receiver.WorkingSet);
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("F1", CultureInfo.InvariantCulture);
}
