using System.Globalization;

namespace DicomRn.Node.Administration.Audit;

/// <summary>How far a reader of the audit trail's files has come; a file of one line beside them.</summary>
/// <param name="File">Name of the file; empty before the first.</param>
/// <param name="Offset">Bytes of it that are done.</param>
internal sealed record AuditCursor(string File, long Offset)
{
    /// <summary>Before everything.</summary>
    public static readonly AuditCursor Start = new("", 0);

    /// <summary>Reads it; where there is none, or it says nothing sensible, everything is still to be done.</summary>
    public static AuditCursor Read(string path)
    {
        if (!System.IO.File.Exists(path))
            return Start;
        string[] parts = System.IO.File.ReadAllText(path).Split(' ');
        return parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? new AuditCursor(parts[0], offset)
            : Start;
    }

    /// <summary>Stores it.</summary>
    public void Write(string path) => OwnerOnly.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{File} {Offset}"));
}
