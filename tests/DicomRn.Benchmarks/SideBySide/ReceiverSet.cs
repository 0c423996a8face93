using System.Collections;
using System.Globalization;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>The receivers of one comparison, each with a folder of its own below one that goes when they do.</summary>
internal sealed class ReceiverSet : IAsyncDisposable, IReadOnlyList<ReceiverProcess>
{
    private readonly List<ReceiverProcess> _receivers = [];

    private ReceiverSet(string folder) => Folder = folder;

    /// <summary>The folder that holds all of theirs.</summary>
    public string Folder { get; }

    public int Count => _receivers.Count;

    public ReceiverProcess this[int index] => _receivers[index];

    /// <summary>Starts them and waits until each accepts connections.</summary>
    public static async Task<ReceiverSet> StartAsync(IEnumerable<ReceiverProgram> programs, string work, CancellationToken cancellationToken)
    {
        ReceiverSet set = new(Path.Combine(work, $"dicomrn-side-by-side-{Environment.ProcessId}"));
        try
        {
            foreach (ReceiverProgram program in programs)
            {
                string folder = Path.Combine(set.Folder, set.Count.ToString(CultureInfo.InvariantCulture));
                set._receivers.Add(await ReceiverProcess.StartAsync(program, folder, cancellationToken));
            }

            return set;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    public IEnumerator<ReceiverProcess> GetEnumerator() => _receivers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public async ValueTask DisposeAsync()
    {
        foreach (ReceiverProcess receiver in _receivers)
            await receiver.DisposeAsync();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
