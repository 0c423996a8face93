using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace DicomRn.Imaging.Export;

/// <summary>UIDs that follow from others, so that the same export gives the same file (the 2.25 form of PS3.5 B.2).</summary>
internal static class DerivedUid
{
    public static string From(string uid, string purpose)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(uid + "/" + purpose));
        return "2.25." + new BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
    }
}
