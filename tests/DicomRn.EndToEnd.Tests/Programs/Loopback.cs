using System.Net;
using System.Net.Sockets;

namespace DicomRn.EndToEnd.Tests.Programs;

/// <summary>Ports of 127.0.0.1 for programs that cannot choose a free one by themselves.</summary>
internal static class Loopback
{
    /// <summary>Ports that were free a moment ago, all different.</summary>
    public static int[] FreePorts(int count)
    {
        List<TcpListener> listeners = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                TcpListener listener = new(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
            }

            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(l => l.Dispose());
        }
    }
}
