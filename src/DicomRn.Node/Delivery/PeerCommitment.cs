namespace DicomRn.Node.Delivery;

/// <summary>What a peer has to say beyond the answer to a C-STORE before a result counts as delivered to it.</summary>
public enum PeerCommitment
{
    /// <summary>It is asked with C-FIND whether it has the result; where it answers no C-FIND, the answer to the C-STORE counts.</summary>
    Query,

    /// <summary>It takes responsibility for the result (storage commitment, PS3.4 J); where its report fails to come, C-FIND decides.</summary>
    StorageCommitment,

    /// <summary>Nothing: success or a warning in answer to the C-STORE counts.</summary>
    None,
}
