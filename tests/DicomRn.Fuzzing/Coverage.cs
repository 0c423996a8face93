using System.Numerics;
using System.Runtime.CompilerServices;
using SharpFuzz.Common;

namespace DicomRn.Fuzzing;

/// <summary>
/// The branches that instrumented code took: one counter for each pair of a branch and the one before it, as AFL has them. An input
/// is worth keeping when a counter reaches a power of two that no input had reached there.
/// </summary>
internal sealed class Coverage
{
    private const int Size = 1 << 16;
    private readonly byte[] _counters = GC.AllocateArray<byte>(Size, pinned: true);
    private readonly byte[] _seen = new byte[Size];

    public unsafe Coverage() => Trace.SharedMem = (byte*)Unsafe.AsPointer(ref _counters[0]);

    /// <summary>How many pairs of branches were met.</summary>
    public int Pairs { get; private set; }

    /// <summary>Forgets what was seen: another target begins.</summary>
    public void Forget()
    {
        Array.Clear(_seen);
        Pairs = 0;
    }

    /// <summary>Called before an execution.</summary>
    public void Begin()
    {
        Array.Clear(_counters);
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the execution did what none had done.</summary>
    public bool HasNew()
    {
        bool isNew = false;
        for (int i = 0; i < Size; i += Vector<byte>.Count)
        {
            if (Vector.EqualsAll(new Vector<byte>(_counters, i), Vector<byte>.Zero))
                continue;
            for (int j = i; j < i + Vector<byte>.Count; j++)
            {
                if (_counters[j] == 0)
                    continue;
                byte reached = (byte)(1 << BitOperations.Log2(_counters[j]));
                if ((_seen[j] & reached) != 0)
                    continue;
                if (_seen[j] == 0)
                    Pairs++;
                _seen[j] |= reached;
                isNew = true;
            }
        }

        return isNew;
    }
}
