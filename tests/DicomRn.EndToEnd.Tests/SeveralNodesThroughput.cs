using System.Diagnostics;
using DicomRn.EndToEnd.Tests.Programs;

namespace DicomRn.EndToEnd.Tests;

/// <summary>
/// How many studies a minute one and two nodes classify, each with one thread for the model, as two machines would have:
/// <c>dotnet run -c Release --project tests/DicomRn.EndToEnd.Tests -- -explicit only -class DicomRn.EndToEnd.Tests.SeveralNodesThroughput -showLiveOutput</c>.
/// </summary>
public sealed class SeveralNodesThroughput
{
    private const int StudyCount = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Studies_classified_per_minute(int nodeCount)
    {
        using ScratchFolder folder = new();
        using CountingPacs pacs = new();
        PostgresServer server = await PostgresServer.SharedAsync();
        string database = await server.CreateDatabaseAsync();
        string passwordFile = folder["password"];
        await File.WriteAllTextAsync(passwordFile, PostgresServer.Password, Cancelled);
        // The first ones of each node load the model; they do not count.
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(folder, (2 * nodeCount) + StudyCount);
        await using SharedState state = new(database);
        List<SharedNodeProgram> nodes = [];
        try
        {
            foreach (int port in Loopback.FreePorts(nodeCount))
                nodes.Add(await SharedNodeProgram.StartAsync(
                    folder, $"n{nodes.Count + 1}", port, server.ConnectionString(database.Split("Database=")[1].Split(';')[0]), passwordFile,
                    folder["data"], pacs.Port, "Assembly:QuietPeriod=00:00:08"));
            BalancedSender sender = new(nodes);
            await SendAsync(sender, studies.Take(2 * nodeCount));
            await ReachAsync(state, "Delivered", 2 * nodeCount);

            await SendAsync(sender, studies.Skip(2 * nodeCount));
            await Eventually.GetAsync("the first study to be complete", Limit, async cancellationToken =>
                (await state.StudiesAsync(cancellationToken)).GetValueOrDefault("Assembling") < StudyCount ? "" : null);
            long start = Stopwatch.GetTimestamp();
            await ReachAsync(state, "Delivered", (2 * nodeCount) + StudyCount);
            double minutes = Stopwatch.GetElapsedTime(start).TotalMinutes;

            TestContext.Current.TestOutputHelper!.WriteLine(Line(nodeCount, minutes));
        }
        finally
        {
            foreach (SharedNodeProgram node in nodes)
                await node.DisposeAsync();
        }
    }

    private static string Line(int nodes, double minutes) => FormattableString.Invariant(
        $"{nodes} node(s): {StudyCount} studies in {minutes * 60:F1} s, {StudyCount / minutes:F1} studies per minute");

    private static Task SendAsync(BalancedSender sender, IEnumerable<string[]> studies) =>
        Task.WhenAll(studies.Chunk(4).Select(async some =>
        {
            foreach (string[] study in some)
                await sender.SendAsync(study, Cancelled);
        }));

    private static async Task ReachAsync(SharedState state, string name, int count) =>
        await Eventually.GetAsync($"{count} studies {name}", Limit, async cancellationToken =>
            (await state.StudiesAsync(cancellationToken)).GetValueOrDefault(name) == count ? "" : null);
}
