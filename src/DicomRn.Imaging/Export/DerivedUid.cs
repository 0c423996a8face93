using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace DicomRn.Imaging.Export;

/// <summary>
/// UIDs that are functions of what they stand for: the same inputs give the same UID, so a repeated run makes the same
/// object and no duplicate. The first 128 bits of a SHA-256 become a UUID of version 8 (RFC 9562) below the root 2.25
/// (PS3.5 B.2).
/// </summary>
public static class DerivedUid
{
    /// <summary>The UID of an ordered list of parts, which hold no NUL character; another order is another UID.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts)));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        BigInteger number = new(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
        return "2.25." + number.ToString(CultureInfo.InvariantCulture);
    }
}
