namespace DicomRn.Node.Receiving;

/// <summary>Where received instances go, in two steps: while one arrives, and when it has arrived.</summary>
internal interface IInstanceSink
{
    /// <summary>An instance begins to arrive.</summary>
    IncomingInstance BeginInstance(string transferSyntaxUid);

    /// <summary>
    /// It has arrived. Whoever is answered with a success or warning status may forget it: it is as durable as the sink
    /// promises.
    /// </summary>
    /// <returns>The C-STORE status (PS3.4 B.2.3).</returns>
    Task<DicomStatus> EndInstanceAsync(IncomingInstance incoming, InstanceIdentity identity, string callingAeTitle);
}
