using System.Net;
using System.Net.Sockets;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Ports of 127.0.0.1 for programs that cannot choose a free one by themselves.</summary>
internal static class Loopback
{
    // Below those that systems give to outgoing connections: while a program is killed and started again nobody takes its port.
    private const int First = 20_000;
    private const int End = 32_768;

    private static readonly HashSet<int> Given = [];

    /// <summary>Ports that were free a moment ago, all different, and none of which was given before.</summary>
    public static int[] FreePorts(int count) => [.. Enumerable.Range(0, count).Select(_ => FreePort())];

    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(First, End);
            lock (Given)
            {
                if (!Given.Add(port))
                    continue;
            }

            try
            {
                using TcpListener listener = new(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody has it: another one.
            }
        }
    }
}
