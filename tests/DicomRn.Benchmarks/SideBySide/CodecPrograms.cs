using System.Diagnostics;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>The programs of others that compress and decompress in one transfer syntax.</summary>
/// <param name="Name">For people.</param>
/// <param name="Encoder">Program and options; files in and out follow.</param>
/// <param name="Decoder">Program and options; files in and out follow.</param>
internal sealed record CodecPrograms(string Name, string Encoder, string Decoder)
{
    /// <summary>Compresses a file.</summary>
    /// <returns>The path of the compressed one, beside it.</returns>
    public async Task<string> CompressAsync(string file, CancellationToken cancellationToken)
    {
        string packed = file + ".packed";
        await RunAsync(Encoder, file, packed, cancellationToken);
        return packed;
    }

    /// <summary>Decompresses a file.</summary>
    /// <returns>The time, seconds.</returns>
    public Task<double> DecodeAsync(string packed, CancellationToken cancellationToken) =>
        RunAsync(Decoder, packed, packed + ".plain", cancellationToken);

    private static async Task<double> RunAsync(string command, string source, string target, CancellationToken cancellationToken)
    {
        string[] parts = command.Split(' ');
        ProcessStartInfo start = new(parts[0], [.. parts[1..], source, target]) { RedirectStandardError = true, RedirectStandardOutput = true };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{parts[0]} did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began).TotalSeconds
            : throw new InvalidOperationException($"{parts[0]} failed: {await error}");
    }
}
