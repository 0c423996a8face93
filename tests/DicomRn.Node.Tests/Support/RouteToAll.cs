using DicomRn.Node.Pipeline;
using DicomRn.Node.State;

namespace DicomRn.Node.Tests.Support;

/// <summary>Every result to every one of some destinations, as without routes.</summary>
internal sealed class RouteToAll(IReadOnlyList<string> destinations) : IResultRouting
{
    public bool HasDestinations => destinations.Count > 0;

    public IReadOnlyList<RoutedResult> Route(
        ResultKind kind, StudyOutcome outcome, IReadOnlyCollection<string> sources, DateTimeOffset now) =>
        [.. destinations.Select(destination => new RoutedResult(destination, null, null))];
}

/// <summary>Finishes processing without routes.</summary>
internal static class RouteToAllFinish
{
    public static Task<bool> FinishProcessingAsync(
        this StateStore store, StudyTask task, StudyResult result, IReadOnlyList<string> destinations) =>
        store.FinishProcessingAsync(task, result, new RouteToAll(destinations));
}
