namespace DicomRn.Node.Delivery;

/// <summary>Failure Reason (0008,1197) in a report of storage commitment, PS3.3 C.14.1.1.</summary>
internal static class CommitmentFailure
{
    /// <summary>No reason of the standard: the report has the instance neither among the committed nor among the failed.</summary>
    public const int NotInReport = -1;

    /// <summary>Class and instance contradict one another.</summary>
    public const int ClassInstanceConflict = 0x0119;

    /// <summary>The SOP class is not supported.</summary>
    public const int ClassNotSupported = 0x0122;

    /// <summary>A reason in words.</summary>
    public static string Describe(int code) => code switch
    {
        NotInReport => "not in the report",
        0x0110 => "processing failure (0110)",
        0x0112 => "no such instance (0112)",
        0x0213 => "resource limitation (0213)",
        ClassNotSupported => "SOP class not supported (0122)",
        ClassInstanceConflict => "SOP class and instance conflict (0119)",
        0x0131 => "transaction UID in use (0131)",
        _ => $"reason {code:X4}",
    };
}
