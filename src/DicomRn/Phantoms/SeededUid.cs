using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace DicomRn.Phantoms;

/// <summary>UIDs of phantoms: the same seed and purpose give the same UID (PS3.5 B.2, a UUID of version 8 below 2.25).</summary>
internal static class SeededUid
{
    /// <summary>The UID of one thing of one phantom.</summary>
    /// <param name="phantom">What distinguishes the phantom: its seed and all options that change its voxels.</param>
    /// <param name="purpose">What is named, for instance <c>study</c>.</param>
    public static DicomUID Create(string phantom, string purpose)
    {
        byte[] uuid = SHA256.HashData(Encoding.UTF8.GetBytes($"DicomRn phantom\n{phantom}\n{purpose}"))[..16];
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return new DicomUID("2.25." + new BigInteger(uuid, isUnsigned: true, isBigEndian: true), purpose, DicomUidType.SOPInstance);
    }
}
