namespace DicomRn.Imaging.Series;

/// <summary>A set of images is no volume; the message names the series or file and the numbers.</summary>
public sealed class SeriesGeometryException : Exception
{
    /// <summary>Creates it.</summary>
    public SeriesGeometryException(SeriesGeometryReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>Creates it with the error behind it.</summary>
    public SeriesGeometryException(SeriesGeometryReason reason, string message, Exception innerException)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why.</summary>
    public SeriesGeometryReason Reason { get; }
}
