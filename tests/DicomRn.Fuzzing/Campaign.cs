using DicomRn.Fuzzing.Mutations;

namespace DicomRn.Fuzzing;

/// <summary>
/// Executions against one target: first its seeds, then mutations of them and, with coverage, of the mutations that reached something
/// new. The same seed, target and build do the same.
/// </summary>
internal sealed class Campaign(FuzzTarget target, int seed, Coverage? coverage)
{
    /// <summary>Longer mutations are cut: length brings nothing that many executions would not.</summary>
    private const int LongestInput = 64 * 1024;
    private const int MostFindings = 50;

    private readonly List<byte[]> _corpus = [];
    private readonly CampaignResult _result = new();

    /// <summary>Called with the input before each execution.</summary>
    public Action<byte[]>? Executing { get; init; }

    /// <summary>Called after each execution.</summary>
    public Action? Executed { get; init; }

    public async Task<CampaignResult> RunAsync(IReadOnlyList<byte[]> files, int executions, CancellationToken cancellationToken)
    {
        coverage?.Forget();
        byte[][] seeds = [.. target.Seeds(files).Where(s => s.Length <= LongestInput)];
        if (seeds.Length == 0)
            return _result;
        _corpus.AddRange(seeds);

        // The first execution sets up what lives as long as the process.
        await ExecuteAsync(seeds[0], isMeasured: false);
        InputMutator mutator = new(new Random(seed ^ StableHash(target.Name)), target.Mutations, LongestInput);
        for (int n = 0; n < executions && _result.Findings.Count < MostFindings; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] input = n < seeds.Length ? seeds[n] : mutator.Mutate(_corpus);
            await ExecuteAsync(input, isMeasured: true);
            if (coverage?.HasNew() == true && n >= seeds.Length)
                _corpus.Add(input);
        }

        _result.Corpus = _corpus.Count;
        return _result;
    }

    private async ValueTask ExecuteAsync(byte[] input, bool isMeasured)
    {
        Executing?.Invoke(input);
        coverage?.Begin();
        long started = TimeProvider.System.GetTimestamp();
        int thread = Environment.CurrentManagedThreadId;
        long before = Allocated(), total = GC.GetTotalAllocatedBytes();
        try
        {
            await target.ExecuteAsync(input);
            _result.Accepted += isMeasured ? 1 : 0;
        }
        catch (Exception e) when (target.IsRefusal(e))
        {
            _result.Refused += isMeasured ? 1 : 0;
        }
        catch (Exception e)
        {
            Add(Finding.Of(target.Name, input, e));
        }

        long allocated = thread == Environment.CurrentManagedThreadId ? Allocated() - before : GC.GetTotalAllocatedBytes() - total;
        TimeSpan time = TimeProvider.System.GetElapsedTime(started);
        Executed?.Invoke();
        if (!isMeasured)
            return;
        _result.Executions++;
        if (time > _result.LongestExecution)
            _result.LongestExecution = time;
        _result.LargestAllocation = Math.Max(_result.LargestAllocation, allocated);
        _result.LargestFactor = Math.Max(_result.LargestFactor, (allocated - target.Memory.Constant) / (double)Math.Max(1, input.Length));
        if (allocated > target.Memory.For(input.Length))
            Add(new Finding(target.Name, "memory", "", input, $"{allocated} bytes were allocated for {input.Length} bytes of input."));
    }

    private long Allocated() => target.UsesOtherThreads ? GC.GetTotalAllocatedBytes() : GC.GetAllocatedBytesForCurrentThread();

    private void Add(Finding finding)
    {
        if (!_result.Findings.Exists(f => f.Kind == finding.Kind && f.Place == finding.Place))
            _result.Findings.Add(finding);
    }

    /// <summary>FNV-1a: string.GetHashCode is another one in each process.</summary>
    private static int StableHash(string text) => (int)text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);
}
