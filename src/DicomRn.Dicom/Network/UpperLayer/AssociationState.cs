namespace DicomRn.Dicom.Network.UpperLayer;

/// <summary>Where an association stands (the states of PS3.8 9.2.1, those that differ in what may come next).</summary>
internal enum AssociationState
{
    /// <summary>Sta2: connected, the A-ASSOCIATE-RQ is to come.</summary>
    AwaitingRequest,

    /// <summary>Sta3: the service decides on the request.</summary>
    AwaitingDecision,

    /// <summary>Sta5: requested, the answer is to come.</summary>
    AwaitingAnswer,

    /// <summary>Sta6: messages go both ways.</summary>
    Established,

    /// <summary>Sta7: this side asked for release.</summary>
    AwaitingReleaseResponse,

    /// <summary>Sta8: the peer asked for release, the service is to answer.</summary>
    AwaitingLocalRelease,

    /// <summary>Sta10: both asked for release, and this acceptor waits for the response before it answers.</summary>
    ReleaseCollision,

    /// <summary>Sta11: both asked for release, this requestor has answered and waits for the acceptor's response.</summary>
    ReleaseCollisionAnswered,

    /// <summary>Sta13: nothing more is processed; the connection is to be closed.</summary>
    AwaitingClose,
}
