using DicomRn.EndToEnd.Tests.Programs;

// One for each collection of SideBySide.
[assembly: CollectionBehavior(MaxParallelThreads = SideBySide.Count)]
