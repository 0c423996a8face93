using System.Collections.Concurrent;
using DicomRn.Dicom.IO;

namespace DicomRn.Dicom;

/// <summary>How a data set is encoded as bytes (PS3.5 10, Annex A).</summary>
public sealed partial class DicomTransferSyntax : IEquatable<DicomTransferSyntax>
{
    private static ConcurrentDictionary<string, DicomTransferSyntax>? _registered;

    private DicomTransferSyntax(DicomUID uid) => UID = uid;

    /// <summary>Identifier.</summary>
    public DicomUID UID { get; }

    /// <summary>Whether it is retired.</summary>
    public bool IsRetired => UID.IsRetired;

    /// <summary>Whether each element carries its VR.</summary>
    public bool IsExplicitVR { get; private init; } = true;

    /// <summary>Whether Pixel Data consists of fragments.</summary>
    public bool IsEncapsulated { get; private init; }

    /// <summary>Whether the compression loses information.</summary>
    public bool IsLossy => LossyCompressionMethod.Length > 0;

    /// <summary>The defined term of Lossy Image Compression Method (0028,2114) for it; empty where nothing is lost.</summary>
    public string LossyCompressionMethod { get; private init; } = "";

    /// <summary>Whether the whole data set is deflated.</summary>
    public bool IsDeflate { get; private init; }

    /// <summary>Byte order of the data set.</summary>
    public Endian Endian { get; private init; }

    private static ConcurrentDictionary<string, DicomTransferSyntax> Registered =>
        _registered ?? Interlocked.CompareExchange(
            ref _registered, new ConcurrentDictionary<string, DicomTransferSyntax>(StringComparer.Ordinal), null) ?? _registered;

    /// <summary>The transfer syntax with an identifier; one that nobody knows is taken for encapsulated explicit little endian.</summary>
    /// <exception cref="DicomDataException">It is registered as something else.</exception>
    public static DicomTransferSyntax Parse(string uid) => Lookup(DicomUID.Parse(uid, "Unknown", DicomUidType.TransferSyntax));

    /// <summary>The transfer syntax with a UID of that type; one that nobody knows is taken for encapsulated explicit little endian.</summary>
    /// <exception cref="DicomDataException">The UID is not of that type; one of the type <see cref="DicomUidType.Unknown"/> is not, either.</exception>
    public static DicomTransferSyntax Lookup(DicomUID uid)
    {
        if (Query(uid) is { } known)
            return known;
        return uid.Type == DicomUidType.TransferSyntax
            ? new DicomTransferSyntax(uid) { IsEncapsulated = true }
            : throw new DicomDataException($"{uid.UID} ({uid.Name}) is no transfer syntax.");
    }

    /// <summary>The transfer syntax with an identifier, or null where it is not known.</summary>
    public static DicomTransferSyntax? Query(DicomUID uid) => Registered.GetValueOrDefault(uid.UID);

    /// <inheritdoc />
    public bool Equals(DicomTransferSyntax? other) => other is not null && UID == other.UID;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DicomTransferSyntax);

    /// <inheritdoc />
    public override int GetHashCode() => UID.GetHashCode();

    /// <inheritdoc />
    public override string ToString() => UID.Name;

    /// <summary>Whether both are the same transfer syntax.</summary>
    public static bool operator ==(DicomTransferSyntax? left, DicomTransferSyntax? right) =>
        left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different transfer syntaxes.</summary>
    public static bool operator !=(DicomTransferSyntax? left, DicomTransferSyntax? right) => !(left == right);

    private static DicomTransferSyntax Add(
        DicomUID uid,
        bool isExplicitVR = true,
        Endian endian = Endian.Little,
        bool isDeflate = false,
        bool isEncapsulated = false,
        string lossyMethod = "")
    {
        DicomTransferSyntax syntax = new(uid)
        {
            IsExplicitVR = isExplicitVR,
            Endian = endian,
            IsDeflate = isDeflate,
            IsEncapsulated = isEncapsulated,
            LossyCompressionMethod = lossyMethod,
        };
        Registered[uid.UID] = syntax;
        return syntax;
    }
}
