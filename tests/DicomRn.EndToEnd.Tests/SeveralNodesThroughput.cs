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
        using ArchivingPacs pacs = new(SharedNodeProgram.PacsAeTitle);
        // The first ones of each node load the model; they do not count.
        int first = 2 * nodeCount;
        IReadOnlyList<string[]> studies = await PhantomCopies.WriteAsync(folder, first + StudyCount);
        await using SharedNodes nodes = await SharedNodes.StartAsync(nodeCount, folder, pacs.Port, "Assembly:QuietPeriod=00:00:08");
        BalancedSender sender = new(nodes.Programs);
        await SendAsync(sender, studies.Take(first));
        await DeliveredAsync(nodes.State, first);

        await SendAsync(sender, studies.Skip(first));
        await Eventually.GetAsync("the first study to be complete", Limit, async cancellationToken =>
            (await nodes.State.StudiesAsync(cancellationToken)).GetValueOrDefault("Assembling") < StudyCount ? "" : null);
        long start = Stopwatch.GetTimestamp();
        await DeliveredAsync(nodes.State, first + StudyCount);
        TestContext.Current.TestOutputHelper!.WriteLine(Line(nodeCount, Stopwatch.GetElapsedTime(start).TotalMinutes));
    }

    private static string Line(int nodes, double minutes) => FormattableString.Invariant(
        $"{nodes} node(s): {StudyCount} studies in {minutes * 60:F1} s, {StudyCount / minutes:F1} studies per minute");

    private static Task SendAsync(BalancedSender sender, IEnumerable<string[]> studies) =>
        Task.WhenAll(studies.Chunk(4).Select(async some =>
        {
            foreach (string[] study in some)
                await sender.SendAsync(study, Cancelled);
        }));

    private static async Task DeliveredAsync(SharedState state, int count) =>
        await Eventually.GetAsync($"{count} studies to be delivered", Limit, async cancellationToken =>
            (await state.StudiesAsync(cancellationToken)).GetValueOrDefault("Delivered") == count ? "" : null);
}
