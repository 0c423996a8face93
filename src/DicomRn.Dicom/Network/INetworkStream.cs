namespace DicomRn.Dicom.Network;

/// <summary>A connection to a peer.</summary>
public interface INetworkStream : IDisposable
{
    /// <summary>Address of the peer.</summary>
    string RemoteHost { get; }

    /// <summary>Address of this side.</summary>
    string LocalHost { get; }

    /// <summary>Port of the peer.</summary>
    int RemotePort { get; }

    /// <summary>Port of this side.</summary>
    int LocalPort { get; }

    /// <summary>The bytes, decrypted where the connection is secured.</summary>
    Stream AsStream();
}
