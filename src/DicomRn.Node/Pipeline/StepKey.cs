using System.Security.Cryptography;
using System.Text;

namespace DicomRn.Node.Pipeline;

/// <summary>Digests by which a step knows whether its record was made for the same inputs.</summary>
internal static class StepKey
{
    /// <summary>SHA-256 of an ordered list of parts, hexadecimal.</summary>
    public static string Of(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));

    /// <summary>A file as it is now: name, length and time of the last change.</summary>
    public static string File(string path)
    {
        FileInfo file = new(path);
        return $"{file.FullName}|{(file.Exists ? file.Length : -1)}|{(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}";
    }
}
