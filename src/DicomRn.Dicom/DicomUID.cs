using System.Collections.Concurrent;
using System.Text;
using DicomRn.Dicom.Dictionary;

namespace DicomRn.Dicom;

/// <summary>A unique identifier (PS3.5 9).</summary>
public sealed partial class DicomUID : IEquatable<DicomUID>
{
    private static readonly DicomUID?[] KnownUids = new DicomUID?[UidTable.Count];
    private static readonly Lazy<ConcurrentDictionary<string, DicomUID>> Registered = new(BuildRegistry);

    /// <summary>A UID with its name.</summary>
    public DicomUID(string uid, string name, DicomUidType type, bool retired = false)
    {
        UID = uid;
        Name = name;
        Type = type;
        IsRetired = retired;
    }

    /// <summary>The root below which <see cref="Append"/> and implementation identifiers are formed when nothing else is set.</summary>
    public static string RootUID { get; set; } = "2.25.161829031752083447216031174522398710142";

    /// <summary>The identifier: digits and dots, at most 64 characters.</summary>
    public string UID { get; }

    /// <summary>The registered name, "Unknown" otherwise.</summary>
    public string Name { get; }

    /// <summary>What it stands for.</summary>
    public DicomUidType Type { get; }

    /// <summary>Whether it is retired.</summary>
    public bool IsRetired { get; }

    /// <summary>Whether this is a storage SOP class of images.</summary>
    public bool IsImageStorage => StorageCategory is DicomStorageCategory.Image or DicomStorageCategory.Volume;

    /// <summary>Whether this is a storage SOP class of volumes.</summary>
    public bool IsVolumeStorage => StorageCategory == DicomStorageCategory.Volume;

    /// <summary>Which kind of storage SOP class this is.</summary>
    public DicomStorageCategory StorageCategory
    {
        get
        {
            if (!UID.StartsWith("1.2.840.10008.", StringComparison.Ordinal) && Type == DicomUidType.SOPClass)
                return DicomStorageCategory.Private;
            if (Type != DicomUidType.SOPClass || Name.StartsWith("Storage Commitment", StringComparison.Ordinal)
                || !Name.Contains("Storage", StringComparison.Ordinal))
            {
                return DicomStorageCategory.None;
            }

            if (Name.Contains("Image Storage", StringComparison.Ordinal))
                return Name.StartsWith("Enhanced", StringComparison.Ordinal) ? DicomStorageCategory.Volume : DicomStorageCategory.Image;
            if (Name.Contains("Presentation State", StringComparison.Ordinal))
                return DicomStorageCategory.PresentationState;
            if (UID.StartsWith("1.2.840.10008.5.1.4.1.1.88.", StringComparison.Ordinal))
                return DicomStorageCategory.StructuredReport;
            if (Name.Contains("Waveform", StringComparison.Ordinal))
                return DicomStorageCategory.Waveform;
            if (UID.StartsWith("1.2.840.10008.5.1.4.1.1.104.", StringComparison.Ordinal))
                return DicomStorageCategory.Document;
            return Name.StartsWith("Raw Data", StringComparison.Ordinal) ? DicomStorageCategory.Raw : DicomStorageCategory.Other;
        }
    }

    /// <summary>A new UID below 2.25, from a random UUID (PS3.5 B.2).</summary>
    public static DicomUID Generate() => DicomUIDGenerator.GenerateDerivedFromUUID();

    /// <summary>A UID with one more component.</summary>
    /// <exception cref="DicomDataException">It would be longer than 64 characters.</exception>
    public static DicomUID Append(DicomUID baseUid, long nextSeq)
    {
        string uid = $"{baseUid.UID}.{nextSeq}";
        return IsValidUid(uid)
            ? new DicomUID(uid, "SOP Instance UID", DicomUidType.SOPInstance)
            : throw new DicomDataException($"A UID of {uid.Length} characters is no valid UID: 64 are allowed, components without leading zeros.");
    }

    /// <summary>Whether the text is a UID: components of digits without leading zeros, 64 characters at most (PS3.5 9.1).</summary>
    public static bool IsValidUid(string? uid)
    {
        if (uid is null || uid.Length is 0 or > 64)
            return false;
        int start = 0;
        for (int i = 0; i <= uid.Length; i++)
        {
            if (i < uid.Length && uid[i] != '.')
            {
                if (!char.IsAsciiDigit(uid[i]))
                    return false;
                continue;
            }

            if (i == start || (uid[start] == '0' && i - start > 1))
                return false;
            start = i + 1;
        }

        return true;
    }

    /// <summary>The registered UID with this identifier, or a new one without a name.</summary>
    public static DicomUID Parse(string s) => Parse(s, "Unknown", DicomUidType.Unknown);

    /// <summary>The registered UID with this identifier, or a new one of the name and type given.</summary>
    public static DicomUID Parse(string s, string name, DicomUidType type = DicomUidType.Unknown)
    {
        ArgumentNullException.ThrowIfNull(s);
        string uid = s.TrimEnd(' ', '\0');
        return Registered.Value.TryGetValue(uid, out DicomUID? known) ? known : new DicomUID(uid, name, type);
    }

    /// <summary>Adds a UID to the registry, so that <see cref="Parse(string)"/> finds its name.</summary>
    public static void Register(DicomUID uid) => Registered.Value[uid.UID] = uid;

    /// <summary>All registered UIDs.</summary>
    public static IEnumerable<DicomUID> Enumerate() => Registered.Value.Values;

    /// <inheritdoc />
    public bool Equals(DicomUID? other) => other is not null && UID == other.UID;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as DicomUID);

    /// <inheritdoc />
    public override int GetHashCode() => UID.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"{Name} [{UID}]";

    /// <summary>Whether both are the same identifier.</summary>
    public static bool operator ==(DicomUID? left, DicomUID? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether they are different identifiers.</summary>
    public static bool operator !=(DicomUID? left, DicomUID? right) => !(left == right);

    private static DicomUID Known(int index)
    {
        return KnownUids[index] ?? Create(index);

        static DicomUID Create(int index)
        {
            byte type = UidTable.TypeAndRetired[index];
            DicomUID uid = new(Text(3 * index), Text((3 * index) + 2), (DicomUidType)(type & 0x7F), (type & 0x80) != 0);
            return Interlocked.CompareExchange(ref KnownUids[index], uid, null) ?? uid;
        }
    }

    private static string Text(int part) =>
        Encoding.UTF8.GetString(UidTable.Text[UidTable.Offsets[part]..UidTable.Offsets[part + 1]]);

    private static ConcurrentDictionary<string, DicomUID> BuildRegistry()
    {
        ConcurrentDictionary<string, DicomUID> registry = new(1, UidTable.Count, StringComparer.Ordinal);
        for (int i = 0; i < UidTable.Count; i++)
        {
            DicomUID uid = Known(i);
            registry[uid.UID] = uid;
        }

        return registry;
    }
}
