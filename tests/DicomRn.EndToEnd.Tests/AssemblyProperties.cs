using DicomRn.EndToEnd.Tests.Programs;

// Most of a test is waiting, for timers, leases and other programs: three classes at a time keep two processors busy.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
