namespace DicomRn.Node.Administration.Tls;

/// <summary>Says why a handshake failed, in one line.</summary>
internal static class TlsFailure
{
    /// <summary>The messages of an exception and its causes, each once.</summary>
    public static string Describe(Exception failure)
    {
        List<string> parts = [];
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            string message = e.Message.Replace(" see inner exception.", "", StringComparison.Ordinal).TrimEnd('.', ',', ' ');
            if (!parts.Contains(message))
                parts.Add(message);
        }

        return string.Join(": ", parts);
    }
}
