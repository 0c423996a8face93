using System.Security.Cryptography;
using System.Text;

namespace DicomRn.Node.State;

/// <summary>
/// Digests of Patient ID and, where it is named, of its issuer: enough to tell patients apart, and no identity. An issuer that one
/// of two names and the other does not makes no difference.
/// </summary>
internal static class PatientKey
{
    private const int DigestLength = 32;

    /// <summary>The key; null without a Patient ID.</summary>
    /// <param name="patientId">Patient ID, without its padding.</param>
    /// <param name="issuer">Issuer of Patient ID, without its padding; empty where absent.</param>
    public static byte[]? Of(string patientId, string issuer)
    {
        if (patientId.Length == 0)
            return null;
        // Ends as the first version's keys did for patients without an issuer, which stay good.
        byte[] id = SHA256.HashData(Encoding.UTF8.GetBytes(patientId + '\\'));
        return issuer.Length == 0 ? id : [.. id, .. SHA256.HashData(Encoding.UTF8.GetBytes(issuer))];
    }

    /// <summary>The part of a key that stands for the Patient ID alone.</summary>
    public static byte[]? WithoutIssuer(byte[]? key) => key is null || key.Length <= DigestLength ? key : key[..DigestLength];

    /// <summary>Whether two keys are of different patients.</summary>
    public static bool Contradict(byte[] a, byte[] b)
    {
        int common = Math.Min(a.Length, b.Length);
        return !a.AsSpan(0, common).SequenceEqual(b.AsSpan(0, common));
    }
}
