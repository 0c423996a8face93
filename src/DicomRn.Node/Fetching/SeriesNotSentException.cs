namespace DicomRn.Node.Fetching;

/// <summary>A peer that is there did not send a series, or not all of it.</summary>
/// <param name="message">What it said.</param>
internal sealed class SeriesNotSentException(string message) : Exception(message);
