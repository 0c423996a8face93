namespace DicomRn.Dicom.Network;

/// <summary>How a <see cref="DicomService"/>, server or client side, behaves.</summary>
public class DicomServiceOptions
{
    /// <summary>Logs type and length of every PDU that is received. Default false.</summary>
    public bool LogDataPDUs { get; set; }

    /// <summary>Turns Nagle's algorithm off, so that a response does not wait for an acknowledgement. Default true.</summary>
    public bool TcpNoDelay { get; set; } = true;

    /// <summary>Size of the socket's receive buffer in bytes; null leaves it to the system, which adapts it.</summary>
    public int? TcpReceiveBufferSize { get; set; }

    /// <summary>Size of the socket's send buffer in bytes; null leaves it to the system, which adapts it.</summary>
    public int? TcpSendBufferSize { get; set; }

    /// <summary>
    /// How long the peer may let us wait: as SCU for the response to a request (null: no limit), on both sides for the next byte
    /// of a message it has begun and for taking what is sent to it (null: 60 s).
    /// </summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>
    /// The longest P-DATA-TF body in bytes that is announced and received; a longer one aborts the association.
    /// 0 is announced as 1 MiB: a bound is always named. Default 256 KiB.
    /// </summary>
    public uint MaxPDULength { get; set; } = 256 * 1024;

    /// <summary>Time-outs and bounds that have no setting of their own.</summary>
    internal ServiceLimits Limits { get; set; } = new();

    /// <summary>A copy.</summary>
    public DicomServiceOptions Clone() => (DicomServiceOptions)MemberwiseClone();
}
