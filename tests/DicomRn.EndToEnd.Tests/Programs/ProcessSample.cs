using System.Globalization;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>What a process takes of the system, by Linux' /proc.</summary>
/// <param name="At">Since when it was watched.</param>
/// <param name="ResidentMb">Resident memory.</param>
/// <param name="Descriptors">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
internal sealed record ProcessSample(TimeSpan At, double ResidentMb, int Descriptors, int Threads)
{
    /// <summary>Takes one.</summary>
    public static ProcessSample Take(int process, TimeSpan at)
    {
        string folder = $"/proc/{process.ToString(CultureInfo.InvariantCulture)}";
        Dictionary<string, string> status = File.ReadAllLines($"{folder}/status").Select(line => line.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim());
        return new ProcessSample(
            at, int.Parse(status["VmRSS"].Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0,
            Directory.EnumerateFileSystemEntries($"{folder}/fd").Count(), int.Parse(status["Threads"], CultureInfo.InvariantCulture));
    }
}
