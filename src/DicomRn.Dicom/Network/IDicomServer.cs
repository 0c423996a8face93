using Microsoft.Extensions.Logging;

namespace DicomRn.Dicom.Network;

/// <summary>A listening DICOM server.</summary>
public interface IDicomServer : IDisposable
{
    /// <summary>The address it listens on.</summary>
    string IPAddress { get; }

    /// <summary>The port it listens on; the one the system chose where 0 was asked for.</summary>
    int Port { get; }

    /// <summary>Whether it accepts connections.</summary>
    bool IsListening { get; }

    /// <summary>Why it stopped listening by itself; null otherwise.</summary>
    Exception? Exception { get; }

    /// <summary>How its services behave; read when a connection is accepted.</summary>
    DicomServiceOptions Options { get; }

    /// <summary>Logger of the server and its services.</summary>
    ILogger Logger { get; set; }

    /// <summary>Accepts no more connections; associations that exist go on.</summary>
    void Stop();
}
