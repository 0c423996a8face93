namespace DicomRn.Fuzzing;

/// <summary>
/// Ends the program when one execution takes too long, its input written first: a thread that hangs cannot be ended alone.
/// </summary>
internal sealed class HangGuard : IDisposable
{
    public const int ExitStatus = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly Timer _timer;
    private string _target = "";
    private byte[]? _input;
    private long _since;

    public HangGuard(string findingsFolder)
    {
        _folder = findingsFolder;
        _timer = new Timer(_ => Check(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Begin(string target, byte[] input)
    {
        lock (_lock)
            (_target, _input, _since) = (target, input, TimeProvider.System.GetTimestamp());
    }

    public void End()
    {
        lock (_lock)
            _input = null;
    }

    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        Finding finding;
        lock (_lock)
        {
            if (_input is null || TimeProvider.System.GetElapsedTime(_since) < Longest)
                return;
            finding = new Finding(_target, "hang", "", _input, $"The execution took more than {Longest.TotalSeconds} s.");
        }

        Console.Error.WriteLine($"{_target}: an execution hangs: {finding.Write(_folder)}");
        Environment.Exit(ExitStatus);
    }
}
