using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace DicomRn.Dicom;

/// <summary>Makes UIDs, and keeps which new one stands for which source.</summary>
public class DicomUIDGenerator
{
    private readonly ConcurrentDictionary<string, DicomUID> _map = new(StringComparer.Ordinal);

    /// <summary>A UID below 2.25 from a random UUID (PS3.5 B.2).</summary>
    public static DicomUID GenerateDerivedFromUUID() => FromUuid(Guid.NewGuid());

    /// <summary>A new UID.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "The API that is mirrored.")]
    public DicomUID Generate() => GenerateDerivedFromUUID();

    /// <summary>The new UID that stands for a source; always the same one for the same source.</summary>
    public DicomUID Generate(DicomUID sourceUid) => _map.GetOrAdd(sourceUid.UID, static _ => GenerateDerivedFromUUID());

    internal static DicomUID FromUuid(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        BigInteger number = new(bytes, isUnsigned: true, isBigEndian: true);
        return new DicomUID("2.25." + number.ToString(CultureInfo.InvariantCulture), "SOP Instance UID", DicomUidType.SOPInstance);
    }
}
