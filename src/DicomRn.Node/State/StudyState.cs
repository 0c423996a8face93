namespace DicomRn.Node.State;

/// <summary>Where a study is on its way. The names are stable: they are stored and shown to programs.</summary>
public enum StudyState
{
    /// <summary>Instances arrive; the study is complete when its quiet period or its hard maximum is over.</summary>
    Assembling,

    /// <summary>Complete and waiting for a worker.</summary>
    Ready,

    /// <summary>A worker takes it through matching, classification and reporting.</summary>
    Processing,

    /// <summary>Others are asked for what it lacks: contours, registrations, planning images, earlier reports.</summary>
    Fetching,

    /// <summary>Its results are on their way to the destinations.</summary>
    Delivering,

    /// <summary>End: every destination has every result.</summary>
    Delivered,

    /// <summary>End: nothing in it asks for an answer; the reason says why.</summary>
    NothingToDo,

    /// <summary>End: a person has to look at it; the reason says why, and what to do.</summary>
    NeedsAttention,

    /// <summary>End: a destination refused a result or stayed away too long. Results are kept for a retry on demand.</summary>
    FailedDelivery,

    /// <summary>It is being deleted: its files first, then its row.</summary>
    Discarding,
}
