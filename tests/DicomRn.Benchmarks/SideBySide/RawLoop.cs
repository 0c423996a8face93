using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DicomRn.Benchmarks.SideBySide;

/// <summary>
/// What the machine itself gives: data sets over a socket, each behind its length, into one file each, one byte back. No
/// receiver of DICOM can be faster. One thread per connection and side, each waiting in its own call.
/// </summary>
/// <param name="folder">Where the files go; it exists.</param>
/// <param name="sync">Whether each file is synced before it is acknowledged.</param>
internal sealed class RawLoop(string folder, bool sync)
{
    private const int LongestInstance = 64 * 1024 * 1024;

    /// <summary>Sends all instances once, dealt out over <paramref name="connections"/>, and returns the time it takes.</summary>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<PreparedInstance> instances, int connections)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        List<Task> running = [];
        List<(Socket Sender, Socket Receiver)> pairs = [];
        for (int i = 0; i < connections; i++)
        {
            Socket sender = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await sender.ConnectAsync(listener.LocalEndpoint);
            Socket receiver = await listener.AcceptSocketAsync();
            receiver.NoDelay = true;
            pairs.Add((sender, receiver));
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < connections; i++)
        {
            (Socket sender, Socket receiver) = pairs[i];
            PreparedInstance[] own = [.. instances.Where((_, index) => index % connections == i)];
            string prefix = Path.Combine(folder, $"raw{i}_");
            running.Add(OnThread(() => Receive(receiver, prefix)));
            running.Add(OnThread(() => Send(sender, own)));
        }

        await Task.WhenAll(running);
        return Stopwatch.GetElapsedTime(start);
    }

    private static Task OnThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Send(Socket socket, PreparedInstance[] instances)
    {
        using (socket)
        {
            byte[] length = new byte[4];
            foreach (PreparedInstance instance in instances)
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, instance.DataSet.Length);
                socket.Send(length, SocketFlags.None);
                ReadOnlySpan<byte> rest = instance.DataSet.Span;
                while (!rest.IsEmpty)
                    rest = rest[socket.Send(rest, SocketFlags.None)..];
                if (socket.Receive(length.AsSpan(0, 1), SocketFlags.None) != 1)
                    throw new EndOfStreamException("The raw receiver hung up.");
            }
        }
    }

    private void Receive(Socket socket, string prefix)
    {
        using (socket)
        {
            byte[] buffer = new byte[4];
            for (int number = 0; TryFill(socket, buffer.AsSpan(0, 4)); number++)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(buffer);
                ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)LongestInstance);
                if (buffer.Length < length)
                    buffer = new byte[length];
                if (!TryFill(socket, buffer.AsSpan(0, length)))
                    throw new EndOfStreamException("The raw sender hung up inside an instance.");
                using (Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle($"{prefix}{number}", FileMode.Create, FileAccess.Write))
                {
                    RandomAccess.Write(file, buffer.AsSpan(0, length), 0);
                    if (sync)
                        RandomAccess.FlushToDisk(file);
                }

                socket.Send(buffer.AsSpan(0, 1), SocketFlags.None);
            }
        }
    }

    private static bool TryFill(Socket socket, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int read = socket.Receive(buffer, SocketFlags.None);
            if (read == 0)
                return false;
            buffer = buffer[read..];
        }

        return true;
    }
}
