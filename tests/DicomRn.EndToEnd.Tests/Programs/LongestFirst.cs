using Xunit.Sdk;
using Xunit.v3;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Runs the classes that take longest first, so that none of them is left over for the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
        [nameof(KillPointTests), nameof(SeveralNodesTests), nameof(FetchingTests), nameof(DatabaseOutageTests), nameof(FetchKillPointTests), nameof(OrthancTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Place).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        int place = Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains("." + name, StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
