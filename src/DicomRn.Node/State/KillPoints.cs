using System.Diagnostics;
#if KILL_POINTS
using System.Globalization;
#endif

namespace DicomRn.Node.State;

/// <summary>
/// Kills the program at a <see cref="KillPoint"/>, as an administrator's kill -9 or the end of memory does. Debug builds only: in a
/// release there is neither a call nor anything to be called. The variable <c>DICOMRN_KILL_AT</c> says where and at which time, as in
/// <c>ReceivingLogSynced:37</c>, or names with <c>@FILE</c> a file that says so from when it is there.
/// </summary>
internal static class KillPoints
{
    /// <summary>Whether this build has them.</summary>
#if KILL_POINTS
    public static bool AreThere => true;
#else
    public static bool AreThere => false;
#endif

    /// <summary>The program comes by.</summary>
    [Conditional("KILL_POINTS")]
    public static void Reach(KillPoint point)
    {
#if KILL_POINTS
        if (Order is null || ReadOrder() is not { } order || order.Point != point || Interlocked.Increment(ref _hits) < order.Hit)
            return;
        // Not by the logger, which writes later.
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Killed at {point}:{order.Hit}"));
        using Process self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
#endif
    }

#if KILL_POINTS
    private static readonly string? Order = Environment.GetEnvironmentVariable("DICOMRN_KILL_AT");
    private static int _hits;

    private static (KillPoint Point, int Hit)? ReadOrder()
    {
        if (!Order!.StartsWith('@'))
            return Parse(Order);
        string file = Order[1..];
        return File.Exists(file) ? Parse(File.ReadAllText(file)) : null;
    }

    private static (KillPoint Point, int Hit) Parse(string order) =>
        order.Trim().Split(':') is [{ } name, { } hit]
        && Enum.TryParse(name, out KillPoint point) && int.TryParse(hit, CultureInfo.InvariantCulture, out int number)
            ? (point, number)
            : throw new InvalidOperationException($"DICOMRN_KILL_AT: {order} is no kill point and hit, as in {nameof(KillPoint.ReceivingLogSynced)}:1.");
#endif
}
